package io.mgnlbackup.cli;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Lines for {@code explain}, and what is printed. */
public final class CliFuzz {

    private static final Explain EXPLAIN =
            new Explain(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));

    private CliFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("explain", CliFuzz::explain, "explain-words", CliFuzz::words, "list-text", CliFuzz::list);
    }

    /** Every line has an answer of one line. */
    static void explain(byte[] input) {
        String line = Fuzzed.text(input);
        if (line.matches("(?s).*[0-9]{3,}.*") && line.contains("\"n\"")) {
            return; // thousands of times may well take a second
        }
        check(EXPLAIN.answer(line));
    }

    static void words(byte[] input) {
        List<String> words = List.of(Fuzzed.text(input).split("\n", 8));
        if (words.size() < 5 || words.get(4).length() < 3) {
            check(EXPLAIN.answer(ExplainArguments.question(words)));
        }
    }

    private static void check(ObjectNode answer) {
        require(!answer.isEmpty(), "an answer");
        require(!answer.toString().contains("\n"), "in one line", answer);
    }

    /** A table has a line for each object, whatever its tags, and nothing in it speaks to the terminal. */
    static void list(byte[] input) {
        Map<String, String> tags = new TreeMap<>();
        for (String line : Fuzzed.text(input).split("[|]", -1)) {
            int equals = line.indexOf('=');
            tags.put(equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 1));
        }
        ListEntry entry = new ListEntry("http://h/a", "a.sql.gz", Instant.EPOCH, 1, true, false, false, tags);
        String table = ListText.table(List.of(entry, entry));
        require(table.split(System.lineSeparator(), -1).length == 4, "a line each", table);
        require(!Fuzzed.hasControls(table.replace(System.lineSeparator(), "")), "no control characters", table);
        require(!ListText.json(List.of(entry)).isEmpty(), "JSON");
        new TextTable(List.of("A"), Set.of()).print();
    }
}
