/** Tests of the folder store. */
@NullMarked
package io.mgnlbackup.store.local;

import org.jspecify.annotations.NullMarked;
