package io.mgnlbackup.compress;

import io.mgnlbackup.format.GzipSeal;
import io.mgnlbackup.store.Sha256;
import io.mgnlbackup.store.WatchedStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Sums up one payload on its way through the compression, and puts a {@link GzipSeal} at its end. */
final class Sealing {

    private final boolean withSource;
    private final MessageDigest plain = Sha256.begin();
    private final MessageDigest stored = Sha256.begin();
    private long bytes;

    /**
     * Seals one payload.
     *
     * @param withSource whether what goes in is summed up too; not needed where its sum is known
     */
    Sealing(boolean withSource) {
        this.withSource = withSource;
    }

    /** Looks at what goes in. */
    InputStream before(InputStream source) {
        return new WatchedStream(source) {
            @Override
            protected void saw(byte[] buffer, int offset, int length) {
                bytes += length;
                if (withSource) {
                    plain.update(buffer, offset, length);
                }
            }

            @Override
            protected void sawEnd() {}
        };
    }

    /** Looks at what comes out, and goes on with the seal when it has ended well. */
    InputStream after(InputStream compressed) {
        return new Sealed(compressed);
    }

    private final class Sealed extends FilterInputStream {

        private byte[] seal = new byte[0];
        private int position;
        private boolean ended;

        Sealed(InputStream compressed) {
            super(compressed);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!ended) {
                int count = super.read(buffer, offset, length);
                if (count >= 0) {
                    stored.update(buffer, offset, count);
                    return count;
                }
                ended = true;
                Optional<String> sum = withSource ? Optional.of(Sha256.end(plain)) : Optional.empty();
                seal = new GzipSeal(bytes, sum, Sha256.end(stored)).member();
            }
            int count = Math.min(length, seal.length - position);
            System.arraycopy(seal, position, buffer, offset, count);
            position += count;
            return count == 0 ? -1 : count;
        }
    }
}
