package io.mgnlbackup.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Something that goes wrong in a {@link GcsServer}, some times. */
public final class GcsFault {

    /** What goes wrong. */
    public enum Kind {
        /** The request is answered with {@link GcsFault#status} and has no effect. */
        STATUS,
        /** Half of the body is taken, then the connection is cut. */
        CUT_MID_BODY,
        /** All is done, then the connection is cut before the answer. */
        LOST_ANSWER,
        /** Half of the chunk is taken, and the 308 says so. */
        HALF_TAKEN,
        /** The 308 says that nothing was ever taken. */
        RANGE_MISSING,
        /** The 308 says that more was taken than ever was sent. */
        RANGE_TOO_LARGE,
        /** The 308 says that less was taken than an earlier one said. */
        RANGE_GOES_BACK,
        /** Everything works, after {@link GcsFault#status} milliseconds. */
        DELAY,
        /** The last answer says 200 although the last chunk was dropped: the object is short. */
        SHORT_OBJECT,
        /** The bytes of the last chunk are changed. */
        CHANGED_BYTES,
        /** The download ends half-way, cleanly by the connection. */
        SHORT_DOWNLOAD
    }

    final Kind kind;
    final int status;
    private final Predicate<String> request;
    private final AtomicInteger left;

    /**
     * A fault that hits requests.
     *
     * @param request tested with the method, the URI and the {@code Content-Range}, for example {@code PUT /upload/…?upload_id=… bytes 0-9/*}
     * @param times how many requests it hits
     */
    public GcsFault(Kind kind, int status, int times, Predicate<String> request) {
        this.kind = kind;
        this.status = status;
        this.request = request;
        this.left = new AtomicInteger(times);
    }

    /** Whether it hits this request. */
    boolean hits(String line) {
        return request.test(line) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    /** Whether it has hit as often as it should. */
    public boolean isUsedUp() {
        return left.get() == 0;
    }
}
