package io.mgnlbackup.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Bytes on their way, as a stream that somebody pulls: what travels between the steps of a route instead of the bytes.
 *
 * <p>Each step wraps the stream of the one before, so back-pressure comes by itself. The stream tells the truth at its end: it
 * answers end-of-file only when its source ended well, and throws {@link IOException} otherwise. Whoever takes the stream closes it;
 * closing before the end abandons the source (a dump is killed, a connection dropped). Closing twice does nothing.
 */
public final class Payload implements Closeable {

    private final InputStream stream;
    private final OptionalLong length;

    private Payload(InputStream stream, OptionalLong length) {
        this.stream = stream;
        this.length = length;
    }

    /** A stream whose length nobody knows yet. */
    public static Payload ofUnknownLength(InputStream stream) {
        return new Payload(stream, OptionalLong.empty());
    }

    /** A stream of exactly {@code length} bytes. */
    public static Payload ofLength(InputStream stream, long length) {
        return new Payload(stream, OptionalLong.of(length));
    }

    /** The stream, to be read once. */
    public InputStream stream() {
        return stream;
    }

    /** The length in bytes, where it is known before the end. */
    public OptionalLong length() {
        return length;
    }

    /** The same source seen through a filter that changes the bytes, so the length is no longer known. */
    public Payload through(UnaryOperator<InputStream> filter) {
        return ofUnknownLength(filter.apply(stream));
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    @Override
    public String toString() {
        return "Payload[" + (length.isPresent() ? length.getAsLong() + " bytes" : "unknown length") + "]";
    }
}
