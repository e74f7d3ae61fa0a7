package io.mgnlbackup.config;

import java.nio.file.Path;

/**
 * A key and its certificate, as two PEM files.
 *
 * @param certificate the one for the key first, and behind it those that it is signed with
 * @param key without a passphrase
 */
public record KeyFiles(Path certificate, Path key) {}
