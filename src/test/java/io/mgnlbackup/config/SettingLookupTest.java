package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.config.SettingValue.Source;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting is found in the same way: flag, variable, file, default. */
class SettingLookupTest {

    static Stream<SettingKey> keysWithFileVariable() {
        return Arrays.stream(SettingKey.values())
                .filter(key -> key.fileVariable().isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void takesTheDefaultWhenNobodySaysAnything(SettingKey key) {
        SettingValue value = Reading.ofNothing().value(key);

        assertThat(value.source()).isEqualTo(Source.DEFAULT);
        assertThat(value.origin()).isEqualTo("default");
        assertThat(value.text()).isNotEqualTo(SampleValues.of(key)).doesNotContain("<");
    }

    @ParameterizedTest
    @EnumSource
    void takesTheVariable(SettingKey key) {
        SettingValue value =
                Reading.ofNothing().variable(key, SampleValues.of(key)).value(key);

        assertThat(value).isEqualTo(new SettingValue(key, SampleValues.of(key), Source.VARIABLE, key.variable()));
    }

    @ParameterizedTest
    @MethodSource("keysWithFileVariable")
    void takesTheFileWithoutItsLineEnd(SettingKey key) {
        SettingValue value =
                Reading.ofNothing().file(key, SampleValues.of(key) + "\n").value(key);

        assertThat(value).isEqualTo(new SettingValue(key, SampleValues.of(key), Source.FILE, key.variable() + "_FILE"));
    }

    @ParameterizedTest
    @MethodSource("keysWithFileVariable")
    void letsTheVariableBeatTheFile(SettingKey key) {
        SettingValue value = Reading.ofNothing()
                .file(key, "from a file")
                .variable(key, SampleValues.of(key))
                .value(key);

        assertThat(value.text()).isEqualTo(SampleValues.of(key));
        assertThat(value.source()).isEqualTo(Source.VARIABLE);
    }

    @ParameterizedTest
    @EnumSource
    void letsTheFlagBeatTheVariable(SettingKey key) {
        SettingValue value = Reading.ofNothing()
                .variable(key, "from a variable")
                .flag(key, SampleValues.of(key))
                .value(key);

        assertThat(value).isEqualTo(new SettingValue(key, SampleValues.of(key), Source.FLAG, key.flag()));
    }

    @ParameterizedTest
    @EnumSource
    void takesAnEmptyVariableAsNotSet(SettingKey key) {
        assertThat(Reading.ofNothing().variable(key, "").value(key))
                .isEqualTo(Reading.ofNothing().value(key));
    }

    @ParameterizedTest
    @EnumSource
    void takesAnEmptyFlagAsAskingForTheDefault(SettingKey key) {
        assertThat(Reading.ofNothing()
                        .variable(key, SampleValues.of(key))
                        .flag(key, "")
                        .value(key))
                .isEqualTo(Reading.ofNothing().value(key));
    }

    @Test
    void readsTheFileWhenTheVariableBesideItIsEmpty() {
        assertThat(Reading.ofNothing()
                        .variable(SettingKey.BUCKET, "")
                        .file(SettingKey.BUCKET, "backups")
                        .value(SettingKey.BUCKET)
                        .text())
                .isEqualTo("backups");
    }

    @Test
    void leavesAFileAloneThatSomethingElseBeats() {
        Configuration configuration = Reading.ofMinimum()
                .variable("MGNLBACKUP_BUCKET_FILE", "/no/such/file")
                .read();

        assertThat(configuration.problems()).isEmpty();
    }

    @Test
    void reportsAFileThatCannotBeRead() {
        Configuration configuration = Reading.ofMinimum()
                .variable("MGNLBACKUP_S3_SECRETKEY_FILE", "/no/such/file")
                .read();

        assertThat(configuration.problems())
                .containsExactly("MGNLBACKUP_S3_SECRETKEY_FILE: the file '/no/such/file' cannot be read (no such file);"
                        + " give the path of a readable text file");
    }

    @Test
    void dropsOneLineEndAndNoMore() {
        assertThat(Reading.ofNothing()
                        .file(SettingKey.ARGS, "-h db\r\n")
                        .value(SettingKey.ARGS)
                        .text())
                .isEqualTo("-h db");
        assertThat(Reading.ofNothing()
                        .file(SettingKey.ARGS, "-h db\n\n")
                        .value(SettingKey.ARGS)
                        .text())
                .isEqualTo("-h db\n");
    }

    @ParameterizedTest
    @CsvSource({
        "MGNLBACKUP_S3_BUCKET, BUCKET, old-bucket",
        "MGNLBACKUP_S3_PREFIX, PREFIX, old-prefix",
        "MGNLBACKUP_S3_CYCLE, CYCLE, '1,2,3'",
        "MGNLBACKUP_S3_KEEPDAYS, KEEPDAYS, 9",
    })
    void takesOlderNamesAndSaysThatTheyAreDeprecated(String older, SettingKey key, String text) {
        Configuration configuration =
                Reading.ofMinimum().variable(key, "").variable(older, text).read();

        assertThat(configuration.values()).contains(new SettingValue(key, text, Source.VARIABLE, older));
        assertThat(configuration.warnings())
                .containsExactly(older + " is deprecated and will go away: rename it to " + key.variable());
    }

    @Test
    void letsTheNewNameBeatTheOlderOne() {
        Configuration configuration = Reading.ofMinimum()
                .variable("MGNLBACKUP_S3_BUCKET", "old-bucket")
                .read();

        assertThat(configuration.settings().store()).extracting("bucket").isEqualTo("backups");
        assertThat(configuration.warnings()).isEmpty();
    }
}
