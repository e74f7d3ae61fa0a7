/**
 * The documentation as something that can fail: its commands are run and what they print is compared, its settings are read by the program's
 * own reader, its links are followed, and the messages that it quotes are looked up in the sources.
 *
 * <p>Each {@code sh} and {@code console} block of a page is run by {@link io.mgnlbackup.docs.DocsIT} or {@link
 * io.mgnlbackup.docs.WalDocsIT}, or stands in {@link
 * io.mgnlbackup.docs.NotRunHere} with the reason and what covers it.
 */
@NullMarked
package io.mgnlbackup.docs;

import org.jspecify.annotations.NullMarked;
