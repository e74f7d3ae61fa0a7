package io.mgnlbackup.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.config.GoDuration;
import io.mgnlbackup.config.Rfc3339;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.config.ZoneNames;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.process.Arguments;
import io.mgnlbackup.process.Expansion;
import io.mgnlbackup.query.TagMatcher;
import io.mgnlbackup.query.TagQuery;
import io.mgnlbackup.retention.Candidate;
import io.mgnlbackup.retention.Decision;
import io.mgnlbackup.retention.RetentionPlanner;
import io.mgnlbackup.store.Tags;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says how the sidecar reads a value, with the very code that the server runs: one JSON object in, one out.
 *
 * <p>The field {@code kind} names what the value is; {@code mgnlbackup explain --help} lists them. What the server would reject is answered with
 * {@code {"error": …}}.
 */
public final class Explain {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String KINDS = "cron, duration, expand, args, query, time, retention";
    private static final int DEFAULT_COUNT = 5;

    private final Clock clock;

    /** The clock gives the time from which schedules are explained when a question has none. */
    public Explain(Clock clock) {
        this.clock = clock;
    }

    /** Answers a line of JSON; what is none gets an error as its answer. */
    public ObjectNode answer(String line) {
        try {
            return answer(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            return error("the line is no JSON object: " + e.getOriginalMessage());
        }
    }

    /** Answers a question. */
    public ObjectNode answer(JsonNode json) {
        if (!json.isObject()) {
            return error("the line is no JSON object");
        }
        try {
            return answer(new Question(json));
        } catch (IllegalArgumentException | Problem e) {
            return error(String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode answer(Question question) {
        String kind = question.text("kind");
        return switch (kind) {
            case "cron" -> cron(question);
            case "duration" -> text("nanos", Long.toString(GoDuration.parseNanos(question.text("in"))));
            case "expand" -> text("out", Expansion.expand(question.text("in"), question.texts("env")));
            case "args" -> list("out", Arguments.split(question.text("in")));
            case "time" ->
                text(
                        "epochNanos",
                        Rfc3339.epochNanos(Rfc3339.parse(question.text("in"))).toString());
            case "query" -> query(question);
            case "retention" -> retention(question);
            default -> throw new IllegalArgumentException("kind '" + kind + "' is not known, expected one of " + KINDS);
        };
    }

    private ObjectNode cron(Question question) {
        Instant from = question.has("from") ? Rfc3339.parse(question.text("from")) : clock.instant();
        NextTimes times =
                NextTimes.of(question.text("spec"), zone(question), from, question.number("n", DEFAULT_COUNT));
        return list("next", times.list().stream().map(Rfc3339::format).toList());
    }

    private static ObjectNode query(Question question) {
        TagQuery query = TagQuery.parse(question.text("query"));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode matchers = answer.putArray("matchers");
        for (TagMatcher matcher : query.matchers()) {
            matchers.addObject()
                    .put("name", matcher.name())
                    .put("op", matcher.operator().text())
                    .put("value", matcher.value());
        }
        return answer.put("match", query.matches(Tags.of(question.texts("labels"))));
    }

    /** Backups are named by their place, so that two of the same instant are two. */
    private static ObjectNode retention(Question question) {
        List<String> times = question.list("backups");
        List<Candidate> backups = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            backups.add(new Candidate("%09d".formatted(i), Rfc3339.parse(times.get(i))));
        }
        RetentionPlanner planner = new RetentionPlanner(Settings.Cycle.parse(question.text("cycle")), ZoneOffset.UTC);
        Set<String> kept = planner.plan(backups).stream()
                .filter(Decision::kept)
                .map(decision -> decision.backup().name())
                .collect(Collectors.toSet());
        return list(
                "kept",
                backups.stream()
                        .map(Candidate::name)
                        .filter(kept::contains)
                        .map(name -> times.get(Integer.parseInt(name)))
                        .toList());
    }

    private ZoneId zone(Question question) {
        String name = question.text("tz", "UTC");
        return ZoneNames.find(name, clock.getZone())
                .orElseThrow(() -> new IllegalArgumentException(
                        "time zone '" + name + "' is not known, expected an IANA name such as Europe/Zurich"));
    }

    private static ObjectNode error(String message) {
        return text("error", message);
    }

    private static ObjectNode text(String field, String value) {
        return JSON.createObjectNode().put(field, value);
    }

    private static ObjectNode list(String field, List<String> values) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray(field);
        values.forEach(items::add);
        return answer;
    }
}
