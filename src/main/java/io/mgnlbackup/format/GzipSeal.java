package io.mgnlbackup.format;

import io.mgnlbackup.store.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a compressed object: a gzip member of its own (RFC 1952, section 2.2) with nothing in it but a comment, which every gunzip reads
 * as no bytes. Its sums are known only when the last byte has gone by, when an object's tags are long sent; here they need no second request,
 * and an object that was cut off between two members lacks them.
 *
 * @param bytes before compression
 * @param sha256 of these bytes, 64 hex digits; empty where a tag of the object says it
 * @param stored SHA-256 of everything in the object before this member
 */
public record GzipSeal(long bytes, Optional<String> sha256, String stored) {

    /** Magic, deflate, a comment, no time, no extra flags, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 16, 0, 0, 0, 0, 0, (byte) 0xff};

    /** The end of the comment, an empty last block, a checksum and a length of nothing. */
    private static final byte[] END = {0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final Pattern COMMENT =
            Pattern.compile("mgnlbackup bytes=([0-9]{1,18}) sha256=([0-9a-f]{64}|-) stored=([0-9a-f]{64})");

    /** The seal of something small. */
    public static GzipSeal of(byte[] plain, byte[] compressed) {
        return new GzipSeal(plain.length, Optional.of(sum(plain)), sum(compressed));
    }

    private static String sum(byte[] bytes) {
        MessageDigest digest = Sha256.begin();
        digest.update(bytes);
        return Sha256.end(digest);
    }

    /** The member, byte for byte. */
    public byte[] member() {
        String comment = "mgnlbackup bytes=" + bytes + " sha256=" + sha256.orElse("-") + " stored=" + stored;
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        member.writeBytes(HEADER);
        member.writeBytes(comment.getBytes(StandardCharsets.US_ASCII));
        member.writeBytes(END);
        return member.toByteArray();
    }

    /** Reads the comment of a member; empty when it is no seal. */
    static Optional<GzipSeal> parse(String comment) {
        Matcher matcher = COMMENT.matcher(comment);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new GzipSeal(
                Long.parseLong(matcher.group(1)),
                Optional.of(matcher.group(2)).filter(sum -> !sum.equals("-")),
                matcher.group(3)));
    }
}
