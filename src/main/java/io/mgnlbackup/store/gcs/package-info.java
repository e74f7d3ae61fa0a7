/**
 * Google Cloud Storage as the store, over its JSON API.
 *
 * <p>Google's own client does the calls and their retries; {@link io.mgnlbackup.store.gcs.GcsUpload} stores streams of unknown length
 * in bounded memory and never ends an upload that is not whole; {@link io.mgnlbackup.store.gcs.GcsErrors} says in a user's words what
 * went wrong. Nothing here is loaded unless the store is configured.
 */
@NullMarked
package io.mgnlbackup.store.gcs;

import org.jspecify.annotations.NullMarked;
