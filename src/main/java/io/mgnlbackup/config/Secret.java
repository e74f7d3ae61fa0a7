package io.mgnlbackup.config;

/** A text that nobody may print: {@code toString} gives asterisks. */
public record Secret(String value) {

    /** What stands for a secret in logs, errors and answers. */
    public static final String MASK = "****";

    @Override
    public String toString() {
        return MASK;
    }
}
