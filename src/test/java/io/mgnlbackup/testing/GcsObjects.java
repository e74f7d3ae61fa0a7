package io.mgnlbackup.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

/** What a {@link GcsServer} holds: buckets, finished objects, and the sessions of uploads that are not. Bytes are in files. */
final class GcsObjects {

    /** The order of a listing: that of the UTF-8 bytes. */
    private static final Comparator<String> BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /** A finished object. */
    record Stored(
            String bucket,
            String name,
            long generation,
            Path file,
            long size,
            String crc32c,
            String md5,
            Instant created,
            Map<String, String> metadata) {}

    /** What an upload has to meet when it begins and when it ends. */
    record Precondition(Optional<Long> generation) {
        static final Precondition NONE = new Precondition(Optional.empty());
    }

    /** An upload that is not finished, with what the server has of it so far. */
    static final class Session {
        final String id = UUID.randomUUID().toString();
        final String bucket;
        final String name;
        final Map<String, String> metadata;
        final Precondition precondition;
        final Path file;
        final CRC32C crc = new CRC32C();
        final MessageDigest md5;
        long size;
        Optional<Stored> finished = Optional.empty();

        private Session(
                String bucket, String name, Map<String, String> metadata, Precondition precondition, Path file) {
            this.bucket = bucket;
            this.name = name;
            this.metadata = Map.copyOf(metadata);
            this.precondition = precondition;
            this.file = file;
            try {
                md5 = MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Takes bytes until there are no more or so many came; what arrived before a failure stays. */
        synchronized void append(InputStream in, long limit) throws IOException {
            byte[] buffer = new byte[64 * 1024];
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                long left = limit;
                for (int read = 0; left > 0 && read >= 0; left -= Math.max(read, 0)) {
                    read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    if (read > 0) {
                        out.write(buffer, 0, read);
                        crc.update(buffer, 0, read);
                        md5.update(buffer, 0, read);
                        size += read;
                    }
                }
            }
        }
    }

    private final Path folder;
    private final Map<String, NavigableMap<String, Stored>> buckets = new HashMap<>();
    private final Map<String, Session> sessions = new HashMap<>();
    private long generations = 1_700_000_000_000_000L;

    GcsObjects(Path folder) {
        this.folder = folder;
    }

    synchronized boolean hasBucket(String bucket) {
        return buckets.containsKey(bucket);
    }

    /** Makes a bucket; false when there is one. */
    synchronized boolean create(String bucket) {
        return buckets.putIfAbsent(bucket, new TreeMap<>(BYTES)) == null;
    }

    /** What is in a bucket; nothing where there is none. */
    private NavigableMap<String, Stored> in(String bucket) {
        NavigableMap<String, Stored> known = buckets.get(bucket);
        return known == null ? new TreeMap<>(BYTES) : known;
    }

    synchronized Optional<Stored> find(String bucket, String name) {
        return Optional.ofNullable(in(bucket).get(name));
    }

    synchronized List<Stored> list(String bucket, String prefix, String after, int most) {
        return in(bucket).tailMap(after, false).values().stream()
                .filter(object -> object.name().startsWith(prefix))
                .limit(most)
                .toList();
    }

    synchronized boolean meets(String bucket, String name, Precondition precondition) {
        long now = find(bucket, name).map(Stored::generation).orElse(0L);
        return precondition.generation().map(wanted -> wanted == now).orElse(true);
    }

    synchronized boolean delete(String bucket, String name) {
        Stored old = in(bucket).remove(name);
        return old != null && remove(old.file());
    }

    synchronized Session begin(String bucket, String name, Map<String, String> metadata, Precondition precondition) {
        Session session = new Session(
                bucket,
                name,
                metadata,
                precondition,
                folder.resolve("upload-" + sessions.size() + "-" + UUID.randomUUID()));
        sessions.put(session.id, session);
        return session;
    }

    synchronized Optional<Session> session(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** The names of the objects whose upload began and neither ended nor was cancelled. */
    synchronized List<String> unfinished() {
        return sessions.values().stream()
                .filter(session -> session.finished.isEmpty())
                .map(session -> session.name)
                .toList();
    }

    synchronized void cancel(Session session) {
        sessions.remove(session.id);
        remove(session.file);
    }

    /** Makes the object visible; empty when its precondition does not hold any more. */
    synchronized Optional<Stored> finish(Session session) {
        if (!meets(session.bucket, session.name, session.precondition)) {
            return Optional.empty();
        }
        try {
            session.append(InputStream.nullInputStream(), 1); // an object of no bytes has a file too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stored stored = new Stored(
                session.bucket,
                session.name,
                ++generations,
                session.file,
                session.size,
                base64(session.crc),
                Base64.getEncoder().encodeToString(session.md5.digest()),
                Instant.now(),
                session.metadata);
        session.finished = Optional.of(stored);
        Stored old = in(session.bucket).put(session.name, stored);
        if (old != null) {
            remove(old.file());
        }
        return session.finished;
    }

    private static String base64(CRC32C crc) {
        int value = (int) crc.getValue();
        return Base64.getEncoder()
                .encodeToString(
                        new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value});
    }

    private static boolean remove(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
