package io.mgnlbackup.compress;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library libdeflate (its libdeflate.h), where the machine has it: several times as fast as zlib for the same size, but it only compresses
 * what lies in memory as a whole.
 */
final class Libdeflate {

    private static final Logger LOG = LoggerFactory.getLogger(Libdeflate.class);
    private static final List<String> NAMES =
            List.of("libdeflate.so.0", "deflate"); // Debian's, and without development files
    private static final int LONG_BYTES = 8; // size_t, as it is declared below

    private Libdeflate() {}

    private static native Pointer libdeflate_alloc_compressor(int level);

    private static native void libdeflate_free_compressor(Pointer compressor);

    private static native long libdeflate_gzip_compress(
            Pointer compressor, Pointer in, long inBytes, Pointer out, long outBytesAvailable);

    private static native long libdeflate_gzip_compress_bound(Pointer compressor, long inBytes);

    /** Loaded at the first look, once. */
    private static final class Holder {
        static final Optional<String> DEFECT = load();
    }

    /** Why it cannot be used; empty when it can. */
    static Optional<String> defect() {
        return Holder.DEFECT;
    }

    private static Optional<String> load() {
        String reason = "it is not installed";
        try {
            if (Native.SIZE_T_SIZE != LONG_BYTES) {
                return Optional.of("the machine has no 64 bits");
            }
            for (String name : NAMES) {
                try {
                    Native.register(Libdeflate.class, NativeLibrary.getInstance(name));
                    return Optional.empty();
                } catch (UnsatisfiedLinkError e) {
                    LOG.debug("no library '{}'", name, e);
                }
            }
        } catch (LinkageError e) {
            // JNA unpacks a library of its own into the temporary folder.
            reason = "native libraries cannot be loaded: " + e.getMessage();
        }
        return Optional.of(reason);
    }

    /** Makes gzip members of blocks. To be used by one thread at a time. */
    static final class Compressor implements AutoCloseable {

        private final Pointer compressor;
        private final Memory in;
        private final Memory out;
        private boolean closed;

        /**
         * Compresses at this level.
         *
         * @param level 1 to 9
         * @param mostBytes of a block
         */
        Compressor(int level, int mostBytes) {
            compressor = libdeflate_alloc_compressor(level);
            if (compressor == null) {
                throw new OutOfMemoryError("no memory for a compressor of libdeflate");
            }
            in = new Memory(mostBytes);
            out = new Memory(libdeflate_gzip_compress_bound(compressor, mostBytes));
        }

        /** Bytes that a member takes at most. */
        int mostOutput() {
            return Math.toIntExact(out.size());
        }

        /** The length of the member that is put into the output. */
        int compress(byte[] input, int length, byte[] output) {
            if (closed) {
                throw new IllegalStateException("the compressor is closed");
            }
            in.write(0, input, 0, length);
            int count = Math.toIntExact(libdeflate_gzip_compress(compressor, in, length, out, out.size()));
            if (count == 0) {
                throw new IllegalStateException("libdeflate made more of " + length + " bytes than it can");
            }
            out.read(0, output, 0, count);
            return count;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                libdeflate_free_compressor(compressor);
                in.close();
                out.close();
            }
        }
    }
}
