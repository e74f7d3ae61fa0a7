/** Which backups stay and which go, and the step that deletes. */
@NullMarked
package io.mgnlbackup.retention;

import org.jspecify.annotations.NullMarked;
