package io.mgnlbackup.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.Vectors;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagQueryTest {

    static Stream<Arguments> valid() {
        return Vectors.rows("matchers-valid");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    void readsMatchers(String id, JsonNode row) {
        List<List<String>> expected = row.path("matchers")
                .valueStream()
                .map(matcher -> List.of(
                        matcher.path("name").asText(),
                        matcher.path("op").asText(),
                        matcher.path("value").asText()))
                .toList();
        assertThat(TagQuery.parse(row.path("query").asText()).matchers().stream()
                        .map(matcher ->
                                List.of(matcher.name(), matcher.operator().text(), matcher.value())))
                .containsExactlyElementsOf(expected);
    }

    static Stream<Arguments> invalid() {
        return Vectors.rows("matchers-invalid");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void refusesWhatIsNone(String id, JsonNode row) {
        assertThatThrownBy(() -> TagQuery.parse(row.path("query").asText())).isInstanceOf(QueryException.class);
    }

    static Stream<Arguments> eval() {
        return Vectors.rows("matchers-eval");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("eval")
    void choosesByTags(String id, JsonNode row) {
        Map<String, String> labels = new LinkedHashMap<>();
        row.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        assertThat(TagQuery.parse(row.path("query").asText()).matches(Tags.of(labels)))
                .isEqualTo(row.path("match").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " { } ",
                "{a=\"x\",}",
                "{ a = `x` }",
                "{a='x' # the first\n,b=\"\"}",
                "{a=\"\\u0078\"}",
                "{a=\"\\170\"}"
            })
    void readsTheOtherSpellings(String query) {
        assertThat(TagQuery.parse(query).matches(Tags.of(Map.of("a", "x")))).isTrue();
    }

    @Test
    void putsCharactersTogetherFromBytes() {
        assertThat(TagQuery.parse("{a=\"\\xc3\\xa9\"}").matches(Tags.of(Map.of("a", "é"))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "daily=\"true\" | 1",
                "{daily=true} | 8",
                "{daily=\"true\" | 14",
                "{ü=\"x\"} | 2",
                "{a=\"😀\",b} | 9",
                "{a=\"x\" b=\"y\"} | 8",
                "{a=\"x\\d\"} | 6",
                "{a=\"x\",b=~\"(\"} | 11",
                "{a=\"x | 4",
                "{a=\"x\"}} | 8",
                "{,} | 2",
            })
    void pointsAtThePosition(String query, int position) {
        QueryException e = catchThrowableOfType(QueryException.class, () -> TagQuery.parse(query));
        assertThat(e.position()).as(e.getMessage()).isEqualTo(position);
        assertThat(e.getMessage()).contains("at character " + position);
    }

    @Test
    void pathologicalExpressionsAnswerAtOnce() {
        Tags tags = Tags.of(Map.of("a", "x".repeat(2_000) + "y"));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(3), () -> {
            assertThat(TagQuery.parse("{a=~\"(.*)(.*)(.*)(.*)(.*)x\"}").matches(tags))
                    .isFalse();
            assertThat(TagQuery.parse("{a=~\"(x+x+)+z\"}").matches(tags)).isFalse();
            assertThat(TagQuery.parse("{a=~\"" + "x{0,100}".repeat(20) + "z\"}").matches(tags))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "a{1001}",
                "(((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9})",
                "a{0,1000}b{0,1000}c{0,1000}",
                "(abcdefghij){300}",
                "(((((((((((a{2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2})"
            })
    void refusesExpressionsThatWouldFillTheMemory(String expression) {
        assertThatThrownBy(() -> TagQuery.parse("{a=~\"" + expression + "\"}")).isInstanceOf(QueryException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{10}){100}",
                "a{1000}b{1000}",
                "[{2000}]{2}",
                "\\\\Q{2000}\\\\E{2}",
                "\\\\{2000}",
                "(a{0}){5}",
                "a{,2000}",
                "[]{2000}]",
                "(a{900}|b)(c{900})",
            })
    void takesExpressionsThatAreSmall(String expression) {
        assertThat(TagQuery.parse("{a=~\"" + expression + "\"}").matchers()).hasSize(1);
    }

    @Test
    void refusesQueriesWithoutEnd() {
        assertThatThrownBy(() -> TagQuery.parse("{" + "a=\"x\",".repeat(2_000) + "}"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("8192");
    }
}
