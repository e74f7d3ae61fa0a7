package io.mgnlbackup.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tar archives made of raw input. */
public final class Tars {

    private static final int RECORD = 512;
    private static final int MAGIC = 257;
    private static final int SUM = 148;
    private static final int SUM_BYTES = 8;

    private Tars() {}

    /** The input in whole records, with a right checksum in everything that looks like a header: a fuzzer does not find these by itself. */
    public static byte[] withSums(byte[] input) {
        byte[] tar = Arrays.copyOf(input, (input.length + RECORD - 1) / RECORD * RECORD);
        byte[] magic = "ustar".getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < tar.length; at += RECORD) {
            if (Arrays.equals(tar, at + MAGIC, at + MAGIC + magic.length, magic, 0, magic.length)) {
                sum(tar, at);
            }
        }
        return tar;
    }

    private static void sum(byte[] tar, int at) {
        Arrays.fill(tar, at + SUM, at + SUM + SUM_BYTES, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + RECORD; i++) {
            sum += tar[i] & 0xff;
        }
        byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, tar, at + SUM, SUM_BYTES);
    }
}
