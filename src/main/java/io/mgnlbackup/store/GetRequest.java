package io.mgnlbackup.store;

/**
 * Asks for the bytes of an object.
 *
 * @param offset the first byte wanted; 0 for the whole object, past the end for an empty payload
 */
public record GetRequest(ObjectKey key, long offset) {

    /** Checks the offset. */
    public GetRequest {
        if (offset < 0) {
            throw new IllegalArgumentException("an offset is not negative: " + offset);
        }
    }

    /** Asks for the whole object. */
    public static GetRequest whole(ObjectKey key) {
        return new GetRequest(key, 0);
    }
}
