/**
 * Connections to other servers: which certificates are trusted, what is shown to those that ask for one, and the proxy in between. The one
 * place for stores and for boot.
 */
@NullMarked
package io.mgnlbackup.outgoing;

import org.jspecify.annotations.NullMarked;
