package io.mgnlbackup.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0, 100",
        "bytes=10-19, 10, 10",
        "bytes=90-200, 90, 10",
        "bytes=-30, 70, 30",
        "bytes=-300, 0, 100",
    })
    void readsOneRange(String header, long offset, long length) {
        assertThat(ByteRange.parse(header, 100)).contains(new ByteRange(offset, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b", "bytes=99999999999999999999-"})
    void sendsTheWholeFileForWhatItDoesNotKnow(String header) {
        assertThat(ByteRange.parse(header, 100)).isEqualTo(Optional.empty());
    }

    @Test
    void knowsWhatCannotBeSent() {
        assertThat(ByteRange.parse("bytes=100-", 100).orElseThrow().satisfiable())
                .isFalse();
        assertThat(ByteRange.parse("bytes=20-10", 100).orElseThrow().satisfiable())
                .isFalse();
    }
}
