package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "MGNLBACKUP_BUKET, MGNLBACKUP_BUCKET",
        "MGNLBACKUP_S3_ACCESS_KEY, MGNLBACKUP_S3_ACCESSKEY",
        "MGNLBACKUP_LOG_LEVEL, MGNLBACKUP_LOGLEVEL",
        "MGNLBACKUP_KEEP_DAYS, MGNLBACKUP_KEEPDAYS",
    })
    void warnsOfAMistypedNameWithTheNearestOne(String name, String nearest) {
        assertThat(Reading.ofMinimum().variable(name, "x").read().warnings())
                .containsExactly(name + " is not a setting and is ignored; did you mean " + nearest + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MGNLBACKUP_SOMETHING_ELSE_ALTOGETHER", "MGNLBACKUP_TAGS_", "MGNLBACKUP_"})
    void warnsWithoutASuggestionWhenNothingIsNear(String name) {
        assertThat(Reading.ofMinimum().variable(name, "x").read().warnings())
                .containsExactly(name + " is not a setting and is ignored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MGNLBACKUP_SERVICE_HOST",
                "MGNLBACKUP_SERVICE_PORT",
                "MGNLBACKUP_SERVICE_PORT_HTTP",
                "MGNLBACKUP_PORT",
                "MGNLBACKUP_PORT_9999_TCP",
                "MGNLBACKUP_PORT_9999_TCP_PROTO",
                "MGNLBACKUP_PORT_9999_TCP_PORT",
                "MGNLBACKUP_PORT_9999_TCP_ADDR",
                "MGNLBACKUP_DEMO_SERVICE_HOST",
                "MGNLBACKUP_DEMO_PORT_80_TCP_ADDR",
                "MGNLBACKUP_JAVA_OPTS",
                "PATH"
            })
    void saysNothingOfWhatKubernetesAndTheStartScriptUse(String name) {
        assertThat(Reading.ofMinimum()
                        .variable(name, "tcp://10.0.0.1:9999")
                        .read()
                        .warnings())
                .isEmpty();
    }
}
