package io.mgnlbackup.format;

import java.util.Optional;

/**
 * What is known of an object before it is read.
 *
 * @param name for errors
 * @param sha256 of the object as it is stored, or, for WAL, of the file in it; empty when nobody knows
 * @param sealed whether there has to be a {@link GzipSeal} at its end
 */
public record Expected(String name, Optional<String> sha256, boolean sealed) {}
