package io.mgnlbackup.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes of raw input what a target needs, in a form in which a person can write a seed; and fails where a property does not hold. */
public final class Fuzzed {

    private Fuzzed() {}

    /** The input as text; what is no UTF-8 is replaced. */
    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** The first lines of the input one by one, and all that follows as the last; missing ones are empty. */
    public static List<String> lines(byte[] input, int parts) {
        List<String> lines = new ArrayList<>(Arrays.asList(text(input).split("\n", parts)));
        while (lines.size() < parts) {
            lines.add("");
        }
        return lines;
    }

    /** The first byte, which chooses among variants; 0 for no input. */
    public static int choice(byte[] input, int variants) {
        return input.length == 0 ? 0 : (input[0] & 0xff) % variants;
    }

    /** What stands behind the first bytes. */
    public static byte[] after(byte[] input, int bytes) {
        return Arrays.copyOfRange(input, Math.min(bytes, input.length), input.length);
    }

    /** Fails when a property does not hold. */
    public static void require(boolean holds, String property, Object... shown) {
        if (!holds) {
            throw new AssertionError(property + ": " + Arrays.deepToString(shown));
        }
    }

    /** Whether a text has a character that moves a cursor, ends a line or speaks to a terminal. */
    public static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
