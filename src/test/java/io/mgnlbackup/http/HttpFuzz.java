package io.mgnlbackup.http;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.access.Caller;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.mgnlbackup.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a client sends. */
public final class HttpFuzz {

    private static final int MOST_SHOWN = 400;

    private HttpFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "request", HttpFuzz::request, "byte-range", HttpFuzz::range, "error-answer", HttpFuzz::errorAnswer);
    }

    /** A request of an input: the path, the Accept header, and a parameter a line. */
    public static Request read(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 3);
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String line : lines.get(2).split("\n", -1)) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? line : line.substring(0, equals);
            String value = equals < 0 ? "" : line.substring(equals + 1);
            parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        parameters.remove("");
        return new Request("GET", lines.get(0), parameters, lines.get(1), Caller.anybody("-", "-"));
    }

    /** Every mistake is the client's own, and is told in few words. */
    static void request(byte[] input) {
        Request request = read(input);
        require(!(request.isBrowser() && request.wantsJson()), "a page or JSON", request.accept());
        List<Runnable> questions = List.of(
                () -> request.allowOnly(Set.of("query", "limit", "dir", "sync")),
                () -> request.parameter("query"),
                () -> request.flag("sync"),
                request::direction,
                () -> request.positive("limit")
                        .ifPresent(number -> require(number >= 1 && number <= 999_999_999, "a number", number)));
        for (Runnable question : questions) {
            try {
                question.run();
            } catch (Problem e) {
                require(e.kind() == Problem.Kind.INVALID, "the client's mistake", e.kind());
                require(e.getMessage().length() <= MOST_SHOWN, "in few words", e.getMessage());
                require(e.hint().isPresent(), "with what is accepted", e.getMessage());
            }
        }
    }

    /** A part of the file and nothing else. */
    static void range(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 2);
        long size = lines.get(1).matches("[0-9]{1,15}")
                ? Long.parseLong(lines.get(1))
                : lines.get(1).length();
        Optional<ByteRange> range = ByteRange.parse(lines.get(0), size);
        if (range.isEmpty()) {
            return;
        }
        ByteRange found = range.get();
        require(lines.get(0).startsWith("bytes="), "bytes", lines.get(0));
        require(found.offset() >= 0 && found.length() >= 0, "not negative", lines.get(0), size, found);
        require(
                !found.satisfiable() || found.offset() + found.length() <= size,
                "inside of the file",
                lines.get(0),
                size,
                found);
    }

    /** Whatever fails, the answer is one JSON object that hides the secret. */
    static void errorAnswer(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 3);
        Problem.Kind kind = List.of(Problem.Kind.values()).get(Fuzzed.choice(input, Problem.Kind.values().length));
        Problem problem = new Problem(kind, lines.get(0), lines.get(1), lines.get(2), null);
        ErrorAnswers answers = new ErrorAnswers(SecretMask.of(List.of("hunter2")));
        Answer answer = answers.of(problem);
        String body = String.valueOf(answer.body());
        require(answer.status() >= 400 && answer.contentType().startsWith("application/json"), "an error", answer);
        require(!body.contains("hunter2"), "a secret is left", body);
        require(
                body.startsWith("{\"error\":\"")
                        && !Fuzzed.hasControls(body.replace("\u007f", "").replaceAll("[\u0080-\u009f]", "")),
                "JSON",
                body);
    }
}
