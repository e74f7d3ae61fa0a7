package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTagsTest {

    @Test
    void takesTagsFromVariablesInLowerCase() {
        assertThat(tags(Reading.ofMinimum()
                        .variable("MGNLBACKUP_TAGS_NAMESPACE", "integration")
                        .variable("MGNLBACKUP_TAGS_MY_LABEL", "a=b, ü\n")
                        .variable("MGNLBACKUP_TAGS_EMPTY", "")))
                .isEqualTo(Map.of("namespace", "integration", "my_label", "a=b, ü"));
    }

    @Test
    void letsAFlagBeatAVariable() {
        assertThat(tags(Reading.ofMinimum()
                        .variable("MGNLBACKUP_TAGS_TIER", "app")
                        .tagFlag("Tier", "db")
                        .tagFlag("zone", "a")))
                .isEqualTo(Map.of("tier", "db", "zone", "a"));
    }

    @Test
    void dropsATagWhoseFlagIsEmpty() {
        assertThat(tags(Reading.ofMinimum()
                        .variable("MGNLBACKUP_TAGS_TIER", "app")
                        .tagFlag("tier", "")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HERITAGE",
                "ULID",
                "DAILY",
                "WEEKLY",
                "MONTHLY",
                "VARIANT",
                "BASEBACKUP_PARENT",
                "BASEBACKUP_START"
            })
    void refusesTagsThatTheSidecarWritesItself(String name) {
        assertThat(Reading.ofMinimum()
                        .variable("MGNLBACKUP_TAGS_" + name, "x")
                        .read()
                        .problems())
                .singleElement()
                .asString()
                .startsWith("MGNLBACKUP_TAGS_" + name + ": the tag '");
    }

    @Test
    void refusesTwoSpellingsOfOneName() {
        assertThat(Reading.ofMinimum()
                        .variable("MGNLBACKUP_TAGS_TIER", "a")
                        .variable("MGNLBACKUP_TAGS_tier", "b")
                        .read()
                        .problems())
                .singleElement()
                .asString()
                .contains("is given twice");
    }

    @Test
    void refusesTagsThatStoresHaveNoRoomFor() {
        assertThat(tags(Reading.ofMinimum().variable("MGNLBACKUP_TAGS_LONG", "x".repeat(1400))))
                .hasSize(1);
        assertThat(Reading.ofMinimum()
                        .variable("MGNLBACKUP_TAGS_LONG", "ü".repeat(300)) // six bytes each when encoded
                        .read()
                        .problems())
                .singleElement()
                .asString()
                .startsWith("MGNLBACKUP_TAGS_*: the tags [long] and the heritage take ")
                .contains("more than the 1668");
    }

    private static Map<String, String> tags(Reading reading) {
        return reading.settings().objects().tags().values();
    }
}
