/**
 * Who may ask the sidecar for what: users and tokens, their roles, and the role that each path needs. Decisions only; {@code
 * route.AccessControl} carries them out in front of everything else that answers.
 */
@NullMarked
package io.mgnlbackup.access;

import org.jspecify.annotations.NullMarked;
