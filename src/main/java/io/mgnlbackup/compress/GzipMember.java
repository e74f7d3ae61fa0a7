package io.mgnlbackup.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** What stands around the deflated bytes of a gzip member (RFC 1952). */
final class GzipMember {

    /** The checksum and the length at the end, in bytes. */
    static final int TRAILER_BYTES = 8;

    /** Magic, deflate, no flags, no time, no extra flags, unknown system. */
    static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private GzipMember() {}

    /** The end: the checksum and the length modulo 2<sup>32</sup> of what went in. */
    static byte[] trailer(CRC32 crc, long inputBytes) {
        return ByteBuffer.allocate(TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt((int) inputBytes)
                .array();
    }
}
