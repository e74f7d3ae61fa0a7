/**
 * Where Camel meets the rest: the few adapters that its interfaces ask for.
 *
 * <p>Only this package, {@code Main}, {@code Sidecar} and {@code Wiring} import {@code org.apache.camel}.
 */
@NullMarked
package io.mgnlbackup.route;

import org.jspecify.annotations.NullMarked;
