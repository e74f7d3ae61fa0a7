/**
 * Which backups exist: the listing of a store, with tags, limited to one heritage.
 *
 * <p>A listing of S3 carries no metadata, so each object is asked for its tags once; they are remembered by name, ETag and size, since
 * objects never change. Nothing here decides what may be deleted.
 */
@NullMarked
package io.mgnlbackup.catalog;

import org.jspecify.annotations.NullMarked;
