/** What must hold whatever breaks: the store, the line to it, the disk, the clock, the dump, the sidecar itself. */
@NullMarked
package io.mgnlbackup.faults;

import org.jspecify.annotations.NullMarked;
