/**
 * A folder as the store.
 *
 * <p>An object is a file of its name, its tags are a hidden file beside it, and whatever is being written has a temporary name that
 * no listing shows. Names that start with a dot belong to the store. {@link io.mgnlbackup.store.local.LocalStore} says in which order
 * files appear, so that a process killed at any line leaves whole objects only.
 */
@NullMarked
package io.mgnlbackup.store.local;

import org.jspecify.annotations.NullMarked;
