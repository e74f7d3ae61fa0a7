package io.mgnlbackup.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Writes records as JSON. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** One value as a text. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass() + " as JSON", e);
        }
    }

    /** An array, each element made and written only when it is read, so that a long list takes no memory. */
    public static InputStream array(Iterator<?> elements) {
        return new ArrayStream(elements);
    }

    private static final class ArrayStream extends InputStream {

        private final Iterator<?> elements;
        private byte[] part = "[".getBytes(StandardCharsets.UTF_8);
        private int position;
        private boolean first = true;
        private boolean ended;

        ArrayStream(Iterator<?> elements) {
            this.elements = elements;
        }

        @Override
        public int read() {
            return hasMore() ? part[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!hasMore()) {
                return -1;
            }
            int count = Math.min(length, part.length - position);
            System.arraycopy(part, position, buffer, offset, count);
            position += count;
            return count;
        }

        private boolean hasMore() {
            if (position == part.length && !ended) {
                part = next().getBytes(StandardCharsets.UTF_8);
                position = 0;
            }
            return position < part.length;
        }

        private String next() {
            if (!elements.hasNext()) {
                ended = true;
                return "]";
            }
            String separator = first ? "" : ",";
            first = false;
            return separator + text(elements.next());
        }
    }
}
