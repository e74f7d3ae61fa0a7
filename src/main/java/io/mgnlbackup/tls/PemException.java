package io.mgnlbackup.tls;

/** A PEM file cannot be used. The message names the setting and the file, and says why; it never holds what is in the file. */
final class PemException extends Exception {

    private static final long serialVersionUID = 1;

    PemException(String message) {
        super(message);
    }
}
