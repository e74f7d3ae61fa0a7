package io.mgnlbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.testing.Tool;
import io.mgnlbackup.testing.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every vector through the program itself: a line in, a line out. */
class ExplainIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROGRAM = Path.of("mgnlbackup").toAbsolutePath().toString();

    @Test
    void cron() throws IOException {
        check(
                "cron-next",
                row -> copy(row, "cron", "spec", "tz", "from")
                        .put("n", Math.max(1, row.path("expectNext").size())),
                (row, answer) -> {
                    List<Instant> next = instants(answer.path("next"));
                    List<Instant> expected = instants(row.path("expectNext"));
                    assertThat(next.stream().limit(expected.size()).toList()).isEqualTo(expected);
                    if (row.has("notNext")) {
                        assertThat(next.get(0))
                                .isNotEqualTo(instant(row.path("notNext").path(0)));
                    }
                    assertThat(next.isEmpty()).isEqualTo(row.path("never").asBoolean());
                });
        check("cron-invalid", row -> copy(row, "cron", "spec"), ExplainIT::isRejected);
    }

    @Test
    void durations() throws IOException {
        check("duration-valid", row -> copy(row, "duration", "in"), same("nanos"));
        check("duration-invalid", row -> copy(row, "duration", "in"), ExplainIT::isRejected);
    }

    @Test
    void expansion() throws IOException {
        check("expand", row -> copy(row, "expand", "in", "env"), same("out"));
    }

    @Test
    void arguments() throws IOException {
        check("args", row -> copy(row, "args", "in"), (row, answer) -> {
            if (row.path("error").asBoolean()) {
                isRejected(row, answer);
            } else {
                same("out").accept(row, answer);
            }
        });
    }

    @Test
    void times() throws IOException {
        check("rfc3339", row -> copy(row, "time", "in"), (row, answer) -> {
            if (row.path("valid").asBoolean()) {
                same("epochNanos").accept(row, answer);
            } else {
                isRejected(row, answer);
            }
        });
    }

    @Test
    void queries() throws IOException {
        check("matchers-valid", row -> copy(row, "query", "query"), same("matchers"));
        check("matchers-invalid", row -> copy(row, "query", "query"), ExplainIT::isRejected);
        check("matchers-eval", row -> copy(row, "query", "query", "labels"), same("match"));
    }

    @Test
    void retention() throws IOException {
        check("retention", row -> copy(row, "retention", "cycle", "backups"), same("kept"));
    }

    private static void check(
            String file, Function<JsonNode, ObjectNode> question, BiConsumer<JsonNode, JsonNode> assertion)
            throws IOException {
        List<JsonNode> rows = Vectors.cases(file).toList();
        StringBuilder questions = new StringBuilder();
        rows.forEach(row -> questions.append(question.apply(row)).append('\n'));
        List<String> answers = Tool.of(PROGRAM, "explain")
                .input(questions.toString())
                .run()
                .lines()
                .toList();
        assertThat(answers).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            assertion.accept(rows.get(i), JSON.readTree(answers.get(i)));
        }
    }

    private static ObjectNode copy(JsonNode row, String kind, String... fields) {
        ObjectNode question = JSON.createObjectNode().put("kind", kind);
        for (String field : fields) {
            if (row.has(field)) {
                question.set(field, row.get(field));
            }
        }
        return question;
    }

    private static BiConsumer<JsonNode, JsonNode> same(String field) {
        return (row, answer) ->
                assertThat(answer.path(field)).as(row.path("id").asText()).isEqualTo(row.path(field));
    }

    private static void isRejected(JsonNode row, JsonNode answer) {
        assertThat(answer.path("error").asText()).as(row.path("id").asText()).isNotEmpty();
        assertThat(answer.size()).isEqualTo(1);
    }

    private static List<Instant> instants(JsonNode array) {
        List<Instant> instants = new ArrayList<>();
        array.forEach(item -> instants.add(instant(item)));
        return instants;
    }

    private static Instant instant(JsonNode text) {
        return OffsetDateTime.parse(text.asText()).toInstant();
    }
}
