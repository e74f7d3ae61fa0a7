/**
 * Block-parallel gzip: one standard member that every gunzip reads, made by several threads in bounded memory.
 *
 * <p>Formats: RFC 1951 (deflate) and RFC 1952 (gzip).
 */
@NullMarked
package io.mgnlbackup.compress;

import org.jspecify.annotations.NullMarked;
