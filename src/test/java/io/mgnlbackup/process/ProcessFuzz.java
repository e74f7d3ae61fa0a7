package io.mgnlbackup.process;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is made of the dump command, and what it says. */
public final class ProcessFuzz {

    private static final int LONG_ENOUGH = 24;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOME", "/root", "A", "1", "B_2", "$A", "*", "star", "1", "one", "a b", "blank");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([^}]*)\\}|(\\{)|([*#$@!?0-9-])|([A-Za-z_][A-Za-z0-9_]*))", Pattern.DOTALL);

    private ProcessFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "arguments", ProcessFuzz::arguments,
                "arguments-quoted", ProcessFuzz::quoted,
                "expansion", ProcessFuzz::expansion,
                "connection", ProcessFuzz::connection,
                "stderr", ProcessFuzz::stderr,
                "server-version", ProcessFuzz::serverVersion);
    }

    /** A refusal never shows the text. */
    static void arguments(byte[] input) {
        String text = Fuzzed.text(input);
        try {
            List<String> words = Arguments.split(text);
            int letters = words.stream().mapToInt(String::length).sum();
            require(letters <= text.length(), "nothing is made up", text, words);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            require(text.length() < LONG_ENOUGH || !message.contains(text.strip()), "the text is shown", message);
            require(message.startsWith("the arguments have "), "a reason", message);
        }
    }

    /** Words that are quoted are read as what they were, in either form. */
    static void quoted(byte[] input) {
        List<String> words = List.of(Fuzzed.text(input).split("\n", -1));
        String shell = words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        require(Arguments.split(shell).equals(words), "words of a shell", shell);
        if (words.size() > 1 && words.stream().noneMatch(word -> word.contains("\\") || word.contains("'"))) {
            String record = words.stream()
                    .map(word -> "\"" + word.replace("\"", "\"\"") + "\"")
                    .collect(Collectors.joining(","));
            require(Arguments.split(record).equals(words), "fields of a record", record);
        }
    }

    /** Agrees with a regular expression that does the same. */
    static void expansion(byte[] input) {
        String text = Fuzzed.text(input);
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder expected = new StringBuilder();
        while (matcher.find()) {
            String name = Stream.of(1, 3, 4)
                    .map(matcher::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            String value = ENVIRONMENT.getOrDefault(name, "");
            matcher.appendReplacement(expected, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(expected);
        String expanded = Expansion.expand(text, ENVIRONMENT);
        require(expanded.equals(expected.toString()), "both ways agree", text, expanded, expected);
    }

    static void connection(byte[] input) {
        List<String> lines = new ArrayList<>(List.of(Fuzzed.text(input).split("\n", -1)));
        String program = lines.remove(0);
        PostgresConnection connection = PostgresConnection.of(program, lines);
        for (String word : connection.words()) {
            require(word.matches("(?s)--(host|port|username)=.*"), "nothing but options for the server", word);
        }
        boolean named = connection.database().isPresent();
        require(named || !connection.isConnectionString(), "only a database is a connection string", connection);
    }

    /** Bounded, and without the secret, whatever a process says. */
    static void stderr(byte[] input) {
        SecretMask mask = SecretMask.of(List.of("hunter2"));
        List<String> told = new ArrayList<>();
        StderrTail tail = new StderrTail(new ByteArrayInputStream(input), mask::mask, told::add);
        tail.run();
        String text = tail.text();
        require(text.lines().count() <= StderrTail.MAX_LINES, "some lines at most", text);
        require(text.length() <= StderrTail.MAX_LINES * (2L * StderrTail.MAX_LINE_BYTES + 1), "bounded", text.length());
        require(!text.contains("hunter2"), "a secret is left", text);
        require(told.stream().noneMatch(line -> line.contains("hunter2")), "a secret is told", told);
    }

    static void serverVersion(byte[] input) {
        OptionalInt major = PostgresMajors.of(Fuzzed.text(input));
        require(major.isEmpty() || major.getAsInt() <= 99, "a major version", major);
    }
}
