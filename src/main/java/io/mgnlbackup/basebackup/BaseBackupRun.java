package io.mgnlbackup.basebackup;

import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One base backup on its way: what is learned while its bytes go by. */
public final class BaseBackupRun {

    private final Clock clock;
    private final Instant startedAt;
    private final BaseBackupScan scan = new BaseBackupScan();
    private final MessageDigest digest = Sha256.begin();
    private volatile @Nullable BaseBackupFacts facts;
    private volatile @Nullable Instant endedAt;

    BaseBackupRun(Clock clock) {
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** Looks at the archive as it goes by; at its end it fails unless it was a whole base backup. */
    Payload look(Payload archive) {
        return archive.through(stream -> new Watched(stream) {
            @Override
            void saw(byte[] buffer, int offset, int length) throws IOException {
                scan.feed(buffer, offset, length);
            }

            @Override
            void sawEnd() throws IOException {
                facts = scan.facts();
                endedAt = clock.instant();
            }
        });
    }

    /** Sums up the bytes that are stored. */
    Payload sum(Payload compressed) {
        return compressed.through(stream -> new Watched(stream) {
            @Override
            void saw(byte[] buffer, int offset, int length) {
                digest.update(buffer, offset, length);
            }

            @Override
            void sawEnd() {}
        });
    }

    Instant startedAt() {
        return startedAt;
    }

    /** What the archive told, once it has gone by. */
    BaseBackupFacts facts() {
        return Optional.ofNullable(facts).orElseThrow(BaseBackupRun::unread);
    }

    /** When the archive had gone by. */
    Instant endedAt() {
        return Optional.ofNullable(endedAt).orElseThrow(BaseBackupRun::unread);
    }

    /** Of the bytes that were stored; asked once. */
    String sha256() {
        return Sha256.end(digest);
    }

    private static IllegalStateException unread() {
        return new IllegalStateException("the base backup has not been read to its end");
    }

    /** Lets somebody watch what is read. */
    private abstract static class Watched extends FilterInputStream {

        private boolean ended;

        Watched(InputStream in) {
            super(in);
        }

        abstract void saw(byte[] buffer, int offset, int length) throws IOException;

        abstract void sawEnd() throws IOException;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                saw(buffer, offset, read);
            } else if (read < 0 && !ended) {
                ended = true;
                sawEnd();
            }
            return read;
        }
    }
}
