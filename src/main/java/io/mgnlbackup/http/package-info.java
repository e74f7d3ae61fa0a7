/**
 * What the sidecar answers over HTTP: parameters in, records out; no decisions.
 *
 * <p>The endpoints are routes in {@code routes/http.camel.yaml}. A request becomes a {@link io.mgnlbackup.http.Request} at the edge, and nothing
 * else of what a client sent goes any further.
 */
@NullMarked
package io.mgnlbackup.http;

import org.jspecify.annotations.NullMarked;
