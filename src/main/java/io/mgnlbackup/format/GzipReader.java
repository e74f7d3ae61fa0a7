package io.mgnlbackup.format;

import io.mgnlbackup.store.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a gzip file (RFC 1952) and believes nothing of it: each member's checksum and length, no byte behind the last one, and the seal
 * at its end if there is one. Java's own reader takes what follows a member and is none for the end of the file. To be read by one thread.
 */
public final class GzipReader extends InputStream {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MOST_TEXT_BYTES = 64 * 1024;
    private static final int MOST_SEAL_BYTES = 512;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream stored;
    private final String name;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Inflater inflater = new Inflater(true);
    private final MessageDigest plain = Sha256.begin();
    private final MessageDigest consumed = Sha256.begin();
    private final CRC32 crc = new CRC32();
    private final CRC32 header = new CRC32(); // of the bytes that are read one by one
    private final ByteArrayOutputStream member = new ByteArrayOutputStream(); // its bytes, if they are few
    private int fed = -1; // where the bytes begin that the inflater has
    private int position;
    private int limit;
    private long bytes;
    private long memberBytes;
    private int members;
    private boolean inMember;
    private boolean ended;
    private boolean sourceFailed;
    private String comment = "";
    private String before = ""; // SHA-256 of what was stored before the newest member
    private Optional<GzipSeal> seal = Optional.empty();

    /**
     * Unpacks what is stored.
     *
     * @param name of the object, for errors
     */
    public GzipReader(InputStream stored, String name) {
        this.stored = stored;
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !beginMember()) {
                return -1;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                return count;
            }
        }
        return -1;
    }

    /** Reads the header of the next member; false at the end of the file. */
    private boolean beginMember() throws IOException {
        if (position == limit && !fill()) {
            if (members == 0) {
                throw new FormatException("'" + name + "' is empty");
            }
            ended = true;
            return false;
        }
        before = sum(consumed);
        member.reset();
        header.reset();
        if (next() != 0x1f || next() != 0x8b) {
            throw damaged(
                    members == 0 ? "it does not begin as gzip does" : "something that is no gzip follows its end");
        }
        if (next() != 8) {
            throw damaged("it is compressed in a way that is not known");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw damaged("its header has flags that do not exist");
        }
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            text();
        }
        comment = (flags & HAS_COMMENT) != 0 ? text() : "";
        if ((flags & HAS_CRC) != 0) {
            long sum = header.getValue() & 0xffff;
            if (sum != (next() | next() << 8)) {
                throw damaged("the checksum of its header is wrong");
            }
        }
        inflater.reset();
        crc.reset();
        memberBytes = 0;
        members++;
        inMember = true;
        return true;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(target, offset, length);
                if (count > 0) {
                    crc.update(target, offset, count);
                    plain.update(target, offset, count);
                    bytes += count;
                    memberBytes += count;
                    return count;
                }
                if (inflater.finished()) {
                    endMember();
                    return 0;
                }
                if (inflater.needsDictionary()) {
                    throw damaged("it asks for a dictionary");
                }
                feed();
            }
        } catch (DataFormatException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    /** Hands the inflater the whole buffer; what it does not need is taken back at the end of the member. */
    private void feed() throws IOException {
        takeBack();
        if (position == limit && !fill()) {
            throw cutOff();
        }
        fed = position;
        inflater.setInput(buffer, position, limit - position);
    }

    private void takeBack() {
        if (fed >= 0) {
            position = limit - inflater.getRemaining();
            consumed(fed, position - fed);
            fed = -1;
        }
    }

    private void endMember() throws IOException {
        takeBack();
        long sum = number();
        long length = number();
        if (sum != crc.getValue()) {
            throw damaged("its checksum is wrong");
        }
        if (length != (memberBytes & 0xffffffffL)) {
            throw damaged("its length is wrong");
        }
        seal = memberBytes == 0 && members > 1
                ? GzipSeal.parse(comment).filter(found -> Arrays.equals(found.member(), member.toByteArray()))
                : Optional.empty();
        inMember = false;
    }

    /** Four bytes, the lowest first. */
    private long number() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int at = next(); at != 0; at = next()) {
            if (text.length() == MOST_TEXT_BYTES) {
                throw damaged("its header has no end");
            }
            text.append((char) at);
        }
        return text.toString();
    }

    private int next() throws IOException {
        if (position == limit && !fill()) {
            throw cutOff();
        }
        consumed(position, 1);
        header.update(buffer[position]);
        return buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        sourceFailed = true;
        limit = stored.readNBytes(buffer, 0, BUFFER_BYTES);
        sourceFailed = false;
        position = 0;
        return limit > 0;
    }

    private void consumed(int from, int count) {
        consumed.update(buffer, from, count);
        if (member.size() + count <= MOST_SEAL_BYTES) {
            member.write(buffer, from, count);
        }
    }

    private FormatException damaged(String why) {
        return new FormatException("'" + name + "' is damaged: " + why);
    }

    private FormatException cutOff() {
        return new FormatException("'" + name + "' is cut off");
    }

    /** The seal at the end, once everything has been read. */
    public Optional<GzipSeal> seal() {
        return seal;
    }

    /** Whether what is stored could not be read, and not what is in it. */
    boolean sourceHasFailed() {
        return sourceFailed;
    }

    /** Bytes that were unpacked so far. */
    public long bytes() {
        return bytes;
    }

    /** SHA-256 of what was unpacked so far. */
    public String sha256() {
        return sum(plain);
    }

    /**
     * Compares what was read, to its end, with the seal there.
     *
     * @return whether there is one
     * @throws FormatException when it is of something else, or is missing although it should be there
     */
    public boolean isProven(Expected expected) throws FormatException {
        if (seal.isEmpty()) {
            if (expected.sealed()) {
                throw new FormatException("'" + name + "' is damaged or cut off: it has no seal at its end");
            }
            return false;
        }
        GzipSeal found = seal.get();
        if (!found.stored().equals(before)) {
            throw new FormatException("'" + name + "' is not what was stored: the SHA-256 of its bytes is " + before
                    + ", and it was " + found.stored());
        }
        if (found.bytes() != bytes || !found.sha256().orElseGet(this::sha256).equals(sha256())) {
            throw new FormatException("'" + name + "' does not hold what went in: " + bytes + " bytes with the SHA-256 "
                    + sha256() + ", and it was " + found.bytes() + " bytes with "
                    + found.sha256().orElse("another"));
        }
        return true;
    }

    private static String sum(MessageDigest digest) {
        try {
            return Sha256.end((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every SHA-256 of Java can be copied", e);
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        stored.close();
    }
}
