package io.mgnlbackup.testing;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a database, short enough to compare and to read when it differs.
 *
 * @param contents for each table its number of rows and the md5 over them in order; for each sequence its position
 */
public record Fingerprint(SortedMap<String, String> contents) {

    /** Copies the map. */
    public Fingerprint {
        contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
    }

    /** Reads lines of {@code name|what is in it}. */
    static Fingerprint parse(String lines) {
        SortedMap<String, String> contents = new TreeMap<>();
        lines.lines()
                .forEach(line ->
                        contents.put(before(line), line.substring(before(line).length() + 1)));
        return new Fingerprint(contents);
    }

    private static String before(String line) {
        return line.substring(0, line.indexOf('|'));
    }
}
