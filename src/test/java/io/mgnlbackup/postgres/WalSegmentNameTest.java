package io.mgnlbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WalSegmentNameTest {
    @ParameterizedTest
    @CsvSource({
        "000000010000000000000001, 16, 000000010000000000000002, 0/1000000, 0/2000000",
        "0000000100000000000000FF, 16, 000000010000000100000000, 0/FF000000, 1/0", // a log holds 256 of 16 MiB
        "000000020000000A00000FFF, 1, 000000020000000B00000000, A/FFF00000, B/0",
        "000000010000000000000003, 1024, 000000010000000100000000, 0/C0000000, 1/0",
        "00000001FFFFFFFF00000000, 16, 00000001FFFFFFFF00000001, FFFFFFFF/0, FFFFFFFF/1000000",
    })
    void knowsItsPlaceInTheLog(String name, int mebibytes, String next, String start, String end) {
        var size = new SegmentSize(mebibytes << 20);
        var segment = WalSegmentName.parse(name);
        assertThat(segment).hasToString(name);
        assertThat(segment.next(size)).hasToString(next);
        assertThat(segment.start(size)).isEqualTo(Lsn.parse(start)).hasToString(start);
        assertThat(segment.end(size)).isEqualTo(Lsn.parse(end)).hasToString(end);
    }

    @Test
    void holdsExactlyThePositionsFromItsStartToBeforeItsEnd() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            var size = new SegmentSize(1 << random.nextInt(20, 31));
            var position = new Lsn(random.nextLong() >>> 1);
            var segment = WalSegmentName.holding(3, position, size);
            assertThat(WalSegmentName.parse(segment.toString())).isEqualTo(segment);
            assertThat(segment.start(size)).isLessThanOrEqualTo(position);
            assertThat(segment.end(size)).isGreaterThan(position);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00000001000000000000000", "00000001000000000000000a", "000000000000000000000001"})
    void refusesWhatIsNoSegmentName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> WalSegmentName.parse(name));
    }

    @Test
    void refusesASegmentPastTheEndOfItsLog() {
        var segment = WalSegmentName.parse("000000010000000000000100");
        assertThat(segment.fits(SegmentSize.DEFAULT)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> segment.start(SegmentSize.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 19, (1 << 20) + 1, 3 << 20, 1 << 31})
    void refusesASegmentSizeThatPostgresqlRefuses(int bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0/", "/0", "0/123456789", "G/0", "-1/0", "0/0 "})
    void refusesWhatIsNoLsn(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Lsn.parse(text));
    }

    @Test
    void ordersPositionsWithoutASign() {
        assertThat(Lsn.parse("FFFFFFFF/0")).isGreaterThan(Lsn.parse("7FFFFFFF/FFFFFFFF"));
    }

    @ParameterizedTest
    @CsvSource({
        "00000001000000000000000A, SEGMENT",
        "00000001000000000000000A.partial, PARTIAL",
        "00000002.history, HISTORY",
        "00000001000000000000000A.00000028.backup, BACKUP",
        "00000001000000000000000a, OTHER",
        "00000001000000000000000A.partial.tmp, OTHER",
        "00000000000000000000000A, OTHER", // there is no timeline 0
        "../00000001000000000000000A, OTHER",
        "'', OTHER",
    })
    void tellsFilesApartByTheirNames(String name, WalFileName.Kind kind) {
        assertThat(WalFileName.of(name)).isEqualTo(new WalFileName(name, kind));
    }
}
