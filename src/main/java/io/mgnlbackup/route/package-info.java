/**
 * Where plain Java and Camel meet: what calls routes, and what routes call that has to know an exchange.
 *
 * <p>No other package but the program's own imports {@code org.apache.camel}.
 */
@NullMarked
package io.mgnlbackup.route;

import org.jspecify.annotations.NullMarked;
