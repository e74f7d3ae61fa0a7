package io.mgnlbackup.testing;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Something that goes wrong with requests which {@link ChaosProxy} hands on. It says which ones by their first lines, how many it lets pass
 * before and how many it hits, and counts them.
 */
public final class Fault {

    /** What goes wrong. */
    enum Kind {
        /** The server never sees the request; the proxy answers. */
        ANSWER,
        /** The server does what it is asked; the proxy answers something else. */
        ANSWER_INSTEAD,
        /** The connection is lost after some bytes of the request's body. */
        LOSE_REQUEST,
        /** The server does what it is asked; the connection is lost before the answer. */
        LOSE_ANSWER,
        /** The request waits before the server sees any of it. */
        HOLD_REQUEST,
        /** No more than some bytes of the request's body are taken, the connection stays. */
        STALL_REQUEST,
        /** The server does what it is asked; the answer waits. */
        HOLD_ANSWER,
        /** A shorter body reaches the server, which is told so. */
        SHORTEN_REQUEST,
        /** The connection is lost after some bytes of the answer's body. */
        CUT_ANSWER,
        /** One bit of the request's body changes. */
        FLIP_REQUEST,
        /** One bit of the answer's body changes. */
        FLIP_ANSWER,
        /** So many bytes a second. */
        SLOW,
        /** The connection is closed after the answer, though it was to be kept alive. */
        CLOSE_WHEN_IDLE,
        /** The connection is lost when the next request comes over it. */
        LOSE_WHEN_USED_AGAIN
    }

    private final Kind kind;
    private final Predicate<String> requestLine;
    private final long amount;
    private final int status;
    private final String body;
    private final CountDownLatch hit = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean dropped;
    private int skip;
    private int times = Integer.MAX_VALUE;
    private int hits;

    private Fault(Kind kind, Predicate<String> requestLine, long amount, int status, String body) {
        this.kind = kind;
        this.requestLine = requestLine;
        this.amount = amount;
        this.status = status;
        this.body = body;
    }

    private Fault(Kind kind, Predicate<String> requestLine, long amount) {
        this(kind, requestLine, amount, 0, "");
    }

    /** The server never sees the request; this is the answer. */
    public static Fault answer(Predicate<String> requestLine, int status, String body) {
        return new Fault(Kind.ANSWER, requestLine, 0, status, body);
    }

    /** An error as S3 words it, and the server never sees the request; with status 200 too, as it may come to the end of an upload. */
    public static Fault error(Predicate<String> requestLine, int status, String code) {
        return answer(requestLine, status, errorBody(code));
    }

    /** The server does what it is asked, and the client hears of an error. */
    public static Fault errorThoughDone(Predicate<String> requestLine, int status, String code) {
        return new Fault(Kind.ANSWER_INSTEAD, requestLine, 0, status, errorBody(code));
    }

    private static String errorBody(String code) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
                + "</Code><Message>chaos</Message></Error>";
    }

    /** The connection is lost after so many bytes of the body. */
    public static Fault loseRequest(Predicate<String> requestLine, long bytes) {
        return new Fault(Kind.LOSE_REQUEST, requestLine, bytes);
    }

    /** The connection is lost when the server has done what it was asked. */
    public static Fault loseAnswer(Predicate<String> requestLine) {
        return new Fault(Kind.LOSE_ANSWER, requestLine, 0);
    }

    /** The request waits before the server sees any of it, until {@link #release} or {@link #drop}. */
    public static Fault holdRequest(Predicate<String> requestLine) {
        return new Fault(Kind.HOLD_REQUEST, requestLine, 0);
    }

    /** No more than so many bytes of the body are taken, until {@link #release} or {@link #drop}. */
    public static Fault stallRequest(Predicate<String> requestLine, long bytes) {
        return new Fault(Kind.STALL_REQUEST, requestLine, bytes);
    }

    /** The server does what it is asked; the answer waits for {@link #release} or {@link #drop}. */
    public static Fault holdAnswer(Predicate<String> requestLine) {
        return new Fault(Kind.HOLD_ANSWER, requestLine, 0);
    }

    /** No more than so many bytes of the body reach the server, which is told that there are no more. */
    public static Fault shortenRequest(Predicate<String> requestLine, long bytes) {
        return new Fault(Kind.SHORTEN_REQUEST, requestLine, bytes);
    }

    /** The connection is lost after so many bytes of the answer's body. */
    public static Fault cutAnswer(Predicate<String> requestLine, long bytes) {
        return new Fault(Kind.CUT_ANSWER, requestLine, bytes);
    }

    /** The last bit of the byte behind so many of the request's body changes. */
    public static Fault flipRequest(Predicate<String> requestLine, long bytes) {
        return new Fault(Kind.FLIP_REQUEST, requestLine, bytes);
    }

    /** The last bit of the byte behind so many of the answer's body changes. */
    public static Fault flipAnswer(Predicate<String> requestLine, long bytes) {
        return new Fault(Kind.FLIP_ANSWER, requestLine, bytes);
    }

    /** The bodies of requests go at so many bytes a second. */
    public static Fault slow(Predicate<String> requestLine, long bytesPerSecond) {
        return new Fault(Kind.SLOW, requestLine, bytesPerSecond);
    }

    /** The connection is closed as soon as the answer is there, though both sides agreed to keep it. */
    public static Fault closeWhenIdle(Predicate<String> requestLine) {
        return new Fault(Kind.CLOSE_WHEN_IDLE, requestLine, 0);
    }

    /** The connection is lost, without a word, when the next request comes over it. */
    public static Fault loseWhenUsedAgain(Predicate<String> requestLine) {
        return new Fault(Kind.LOSE_WHEN_USED_AGAIN, requestLine, 0);
    }

    /** Hits so many requests, then no more. */
    public Fault times(int most) {
        times = most;
        return this;
    }

    /** Lets so many requests that fit go by first. */
    public Fault after(int requests) {
        skip = requests;
        return this;
    }

    /** Whether this request is hit; counts it. */
    synchronized boolean meets(String line) {
        if (hits >= times || !requestLine.test(line)) {
            return false;
        }
        if (skip > 0) {
            skip--;
            return false;
        }
        hits++;
        if (kind != Kind.LOSE_WHEN_USED_AGAIN) {
            hit.countDown();
        }
        return true;
    }

    /** A connection that was marked at its last request is used again. */
    void happened() {
        hit.countDown();
    }

    /** How many requests were hit. */
    public synchronized int hits() {
        return hits;
    }

    /** Whether it has come about. */
    public boolean hasHappened() {
        return hit.getCount() == 0;
    }

    /** Waits until it has come about; false when it does not within this time. */
    public boolean awaitHit(Duration limit) {
        try {
            return hit.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What waits goes on. */
    public void release() {
        released.countDown();
    }

    /** What waits is lost with its connection. */
    public void drop() {
        dropped = true;
        released.countDown();
    }

    /** Waits for the end of a hold; false when the connection is to be lost. */
    boolean awaitRelease() {
        try {
            released.await();
            return !dropped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Kind kind() {
        return kind;
    }

    long amount() {
        return amount;
    }

    /** What the proxy answers. */
    String message() {
        return "HTTP/1.1 %d Chaos\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, body.length(), body);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + (status == 0 ? "" : " " + status)
                + (amount == 0 ? "" : " " + amount) + ", " + hits() + " hits";
    }
}
