/** Reads back what is stored, and says of each object whether it is what once went in. */
@NullMarked
package io.mgnlbackup.verify;

import org.jspecify.annotations.NullMarked;
