package io.mgnlbackup.fuzz;

/** A parser with a bug that chance does not find: whoever does was led there, step by step. */
final class PlantedBug {

    private PlantedBug() {}

    static void run(byte[] input) {
        String text = Fuzzed.text(input);
        if (text.startsWith("bytes=")) {
            String range = text.substring("bytes=".length());
            int dash = range.indexOf('-');
            if (dash > 0 && range.startsWith("42") && range.endsWith("!")) {
                throw new IllegalStateException("the planted bug: " + text);
            }
        }
    }
}
