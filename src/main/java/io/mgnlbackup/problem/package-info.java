/**
 * The one kind of error that reaches a user, whatever the edge: log line, HTTP answer or exit code.
 *
 * <p>A problem says what was being done, to what, why it failed, and what to do about it. It holds no secret and no stack
 * trace. Everything may use this package; it uses nothing of ours.
 */
@NullMarked
package io.mgnlbackup.problem;

import org.jspecify.annotations.NullMarked;
