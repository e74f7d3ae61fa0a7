package io.mgnlbackup.basebackup;

import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.Sha256;
import io.mgnlbackup.store.WatchedStream;
import java.io.IOException;
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
        return archive.through(stream -> new WatchedStream(stream) {
            @Override
            protected void saw(byte[] buffer, int offset, int length) throws IOException {
                scan.feed(buffer, offset, length);
            }

            @Override
            protected void sawEnd() throws IOException {
                facts = scan.facts();
                endedAt = clock.instant();
            }
        });
    }

    /** Sums up the bytes that are stored. */
    Payload sum(Payload compressed) {
        return compressed.through(stream -> new WatchedStream(stream) {
            @Override
            protected void saw(byte[] buffer, int offset, int length) {
                digest.update(buffer, offset, length);
            }

            @Override
            protected void sawEnd() {}
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
}
