package io.mgnlbackup.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.Vectors;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExpansionTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("A", "x", "AB", "y", "_", "u", "1", "one", "*", "all", "a b", "spaced", "N", "$A", "é", "e");

    static Stream<Arguments> rows() {
        return Vectors.rows("expand");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void agreesWithTheVectors(String id, JsonNode row) {
        Map<String, String> environment = new HashMap<>();
        row.path("env")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        assertThat(Expansion.expand(row.path("in").asText(), environment))
                .isEqualTo(row.path("out").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$A        | x",
                "$AB-$A.   | y-x.",
                "${A}B     | xB",
                "$A$A      | xx",
                "$_        | u",
                "$12       | one2", // a digit is a whole name
                "${*}$*    | allall",
                "${a b}    | spaced", // between braces, anything is a name
                "$N        | $A", // values are not expanded again
                "$NONE.    | .",
                "${NONE}.  | .",
                "$é        | $é", // only ASCII letters make a bare name
                "${é}      | e",
                "a$        | a$",
                "a$ b      | a$ b",
                "$=        | $=",
                "${}A      | A", // eaten
                "${A       | A", // the dollar and the brace are eaten
                "${        | ``",
                "$}        | $}",
                "${{}}     | }",
                "$$A       | A", // the variable named '$', then a letter
                "\\$A      | \\x", // a backslash means nothing
            })
    void expandsAsGoDoes(String text, String expected) {
        assertThat(Expansion.expand(text, ENVIRONMENT)).isEqualTo(expected);
    }
}
