package io.mgnlbackup.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.Vectors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    static Stream<org.junit.jupiter.params.provider.Arguments> rows() {
        return Vectors.rows("args");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void agreesWithTheVectors(String id, JsonNode row) {
        String text = row.path("in").asText();
        if (row.path("error").asBoolean()) {
            assertThatIllegalArgumentException().isThrownBy(() -> Arguments.split(text));
            return;
        }
        assertThat(Arguments.split(text))
                .containsExactlyElementsOf(
                        row.path("out").valueStream().map(JsonNode::asText).toList());
    }

    @Test
    void hasNoArgumentsInABlankText() {
        assertThat(Arguments.split("")).isEmpty();
        assertThat(Arguments.split(" \t\r\n")).isEmpty();
    }

    @Test
    void takesCommasAsOrdinaryWhereABlankSeparates() {
        assertThat(Arguments.split("-t a,b")).containsExactly("-t", "a,b");
        assertThat(Arguments.split("'a b',c")).containsExactly("'a b'", "c"); // no blank outside quotes: comma form
        assertThat(Arguments.split("\"a b\",c")).containsExactly("a b", "c");
    }

    @Test
    void takesACommaInQuotesOrBehindABackslashAsPartOfTheWord() {
        assertThat(Arguments.split("'a,b'")).containsExactly("a,b");
        assertThat(Arguments.split("\"a,b\"")).containsExactly("a,b");
        assertThat(Arguments.split("a\\,b")).containsExactly("a,b");
        assertThat(Arguments.split("a\\ b")).containsExactly("a b");
    }

    @Test
    void keepsBackslashesAndSingleQuotesInTheCommaForm() {
        assertThat(Arguments.split("C:\\x,it's")).containsExactly("C:\\x", "it's");
        assertThat(Arguments.split("a,b\\")).containsExactly("a", "b\\");
    }

    @Test
    void undoublesQuotesInTheCommaForm() {
        assertThat(Arguments.split("\"a \"\"b\"\" c\",\"\",d")).containsExactly("a \"b\" c", "", "d");
        assertThat(Arguments.split(",")).containsExactly("", "");
    }

    @Test
    void keepsADollarAndItsBackslash() {
        assertThat(Arguments.split("x \"\\$A\" \\$B '$C'")).containsExactly("x", "\\$A", "$B", "$C");
    }

    @Test
    void keepsLineEndsInsideQuotes() {
        assertThat(Arguments.split("x \"a\\\nb\" c\\\nd")).containsExactly("x", "a\\\nb", "c\nd");
        assertThat(Arguments.split("\"a\r\nb\",c")).containsExactly("a\r\nb", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "\"",
                "a '",
                "a \"b",
                "\\",
                "a b\\",
                "\"a\\\"",
                "a,\"b",
                "\"a\"b,c",
                "a,b\"",
                "a,\"b\"c,d",
                "foo \\ "
            })
    void rejectsWhatIsNotClosed(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Arguments.split(text));
    }

    @Test
    void keepsAPasswordOutOfTheError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.split("-psecret 'x"))
                .withMessage("the arguments have an open single quote");
    }

    @Test
    void givesAListThatNobodyChanges() {
        assertThat(Arguments.split("a b")).isEqualTo(List.of("a", "b")).isUnmodifiable();
    }
}
