package io.mgnlbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalHeaderTest {
    private static final int SIZE = 16 << 20;
    private static final WalSegmentName NAME = WalSegmentName.parse("00000002000000010000000A");

    @ParameterizedTest
    @CsvSource({"D093, 9.6", "D097, 10", "D110, 15", "D118, 18"})
    void readsBothByteOrders(String magic, String version) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            WalHeader header = WalHeader.parse(bytes(order, Integer.parseInt(magic, 16), 2));
            assertThat(header)
                    .isEqualTo(
                            new WalHeader(version, 2, Lsn.parse("1/A000000"), 77, new SegmentSize(SIZE), 8192, order));
        }
    }

    @Test
    void refusesWhatIsNoLongHeader() {
        assertThatIllegalArgumentException().isThrownBy(() -> WalHeader.parse(new byte[40]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WalHeader.parse(Arrays.copyOf(bytes(ByteOrder.LITTLE_ENDIAN, 0xD110, 2), 39)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WalHeader.parse(bytes(ByteOrder.LITTLE_ENDIAN, 0xD110, 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "00000002000000010000000A, 16777216, true",
        "00000003000000010000000A, 16777216, true", // the first segment after a promotion keeps its old first page
        "00000001000000010000000A, 16777216, false",
        "00000002000000010000000B, 16777216, false",
        "00000002000000010000010A, 16777216, false",
        "00000002000000010000000A, 16777215, false",
        "00000002000000010000000A, 16777217, false",
    })
    void comparesTheFileWithItsHeader(String name, long bytes, boolean fits) {
        WalHeader header = WalHeader.parse(bytes(ByteOrder.LITTLE_ENDIAN, 0xD110, 2));
        assertThat(header.contradiction(WalSegmentName.parse(name), bytes).isEmpty())
                .isEqualTo(fits);
    }

    private static byte[] bytes(ByteOrder order, int magic, int info) {
        return ByteBuffer.allocate(WalHeader.BYTES)
                .order(order)
                .putShort((short) magic)
                .putShort((short) info)
                .putInt((int) NAME.timeline())
                .putLong(NAME.start(new SegmentSize(SIZE)).value())
                .putLong(0)
                .putLong(77)
                .putInt(SIZE)
                .putInt(8192)
                .array();
    }
}
