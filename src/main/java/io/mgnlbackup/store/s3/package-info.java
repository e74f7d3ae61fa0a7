/**
 * An S3-compatible service as the store: what the stock Camel producers cannot do.
 *
 * <p>Everything runs on the one client that the {@code aws2-s3} component uses too. {@link io.mgnlbackup.store.s3.S3Upload} stores
 * streams of unknown length in bounded memory; {@link io.mgnlbackup.store.s3.S3Leftovers} removes what killed processes left;
 * {@link io.mgnlbackup.store.s3.S3Errors} says in a user's words what went wrong.
 */
@NullMarked
package io.mgnlbackup.store.s3;

import org.jspecify.annotations.NullMarked;
