/**
 * What a store can do, whatever it is: put, get, head, list, delete and link objects.
 *
 * <p>{@link io.mgnlbackup.store.ObjectStore} is all that the rest of the program sees of a store. Behind it stand the routes of one
 * {@code store-*.camel.yaml} file; {@code s3}, {@code gcs} and {@code local} hold what stock Camel producers cannot do. An object is visible
 * only when it is complete.
 */
@NullMarked
package io.mgnlbackup.store;

import org.jspecify.annotations.NullMarked;
