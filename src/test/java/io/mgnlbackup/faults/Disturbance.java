package io.mgnlbackup.faults;

import io.mgnlbackup.testing.Fault;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What goes wrong in a step.
 *
 * @param place the requests that it hits, where it hits requests
 * @param after how many of them it lets pass
 * @param times how many it hits
 * @param amount bytes, or milliseconds
 */
record Disturbance(Kind kind, Place place, int after, int times, int amount) {

    /** Everything that there is. */
    enum Kind {
        KILL_BEFORE,
        KILL_AFTER,
        KILL_SOON,
        STOP_SOON,
        CHILD_FAILS,
        CHILD_KILLED,
        NO_OUTPUT,
        STORE_DOWN,
        CONNECTIONS_LOST,
        ERROR_500,
        SLOW_DOWN,
        ERROR_IN_200,
        DONE_BUT_500,
        REQUEST_LOST,
        ANSWER_LOST,
        REQUEST_STALLS,
        ANSWER_STALLS,
        REQUEST_SHORTENED,
        REQUEST_BIT,
        ANSWER_CUT,
        IDLE_CLOSED,
        STALE_CONNECTION,
        SLOW,
        DISK_FULL,
        STORE_FOLDER_GONE;

        /** Whether the sidecar's process ends by it. */
        boolean endsTheSidecar() {
            return this == KILL_BEFORE || this == KILL_AFTER || this == KILL_SOON || this == STOP_SOON;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final List<Kind> OF_LINES = List.of(
            Kind.KILL_BEFORE,
            Kind.KILL_BEFORE,
            Kind.KILL_AFTER,
            Kind.KILL_AFTER,
            Kind.KILL_SOON,
            Kind.STOP_SOON,
            Kind.CHILD_FAILS,
            Kind.CHILD_KILLED,
            Kind.NO_OUTPUT,
            Kind.STORE_DOWN,
            Kind.CONNECTIONS_LOST,
            Kind.ERROR_500,
            Kind.SLOW_DOWN,
            Kind.ERROR_IN_200,
            Kind.DONE_BUT_500,
            Kind.REQUEST_LOST,
            Kind.ANSWER_LOST,
            Kind.REQUEST_STALLS,
            Kind.ANSWER_STALLS,
            Kind.REQUEST_SHORTENED,
            Kind.REQUEST_BIT,
            Kind.ANSWER_CUT,
            Kind.IDLE_CLOSED,
            Kind.STALE_CONNECTION,
            Kind.SLOW);

    private static final List<Kind> OF_FOLDERS = List.of(
            Kind.KILL_SOON,
            Kind.KILL_SOON,
            Kind.KILL_SOON,
            Kind.STOP_SOON,
            Kind.CHILD_FAILS,
            Kind.CHILD_KILLED,
            Kind.NO_OUTPUT,
            Kind.STORE_FOLDER_GONE,
            Kind.DISK_FULL,
            Kind.DISK_FULL);

    /** One for a store at the end of a line, where these requests are to be expected. */
    static Disturbance ofLine(SplittableRandom random, List<Place> places) {
        return of(random, OF_LINES, places);
    }

    /** One for a folder. */
    static Disturbance ofFolder(SplittableRandom random) {
        return of(random, OF_FOLDERS, List.of(Place.ANY));
    }

    private static Disturbance of(SplittableRandom random, List<Kind> kinds, List<Place> places) {
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        Place place = places.get(random.nextInt(places.size()));
        if (kind == Kind.ERROR_IN_200 && (place == Place.ASK || place == Place.ANY)) {
            place = Place.COMPLETE; // an answer to HEAD has no body to say it
        }
        int after = place == Place.PART || place == Place.PUT || place == Place.ASK ? random.nextInt(3) : 0;
        // Most are over after a request or two, some only with the step.
        int times = random.nextInt(8) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(2);
        return new Disturbance(kind, place, after, times, random.nextInt(1_500));
    }

    /** What to do to the line; not for every kind. */
    Fault fault() {
        int bytes = amount * 100;
        return (switch (kind) {
                    case KILL_BEFORE -> Fault.holdRequest(place);
                    case KILL_AFTER, ANSWER_STALLS -> Fault.holdAnswer(place);
                    case ERROR_500 -> Fault.error(place, 500, "InternalError");
                    case SLOW_DOWN -> Fault.error(place, 503, "SlowDown");
                    case ERROR_IN_200 -> Fault.error(place, 200, "InternalError");
                    case DONE_BUT_500 -> Fault.errorThoughDone(place, 500, "InternalError");
                    case REQUEST_LOST -> Fault.loseRequest(place, bytes);
                    case ANSWER_LOST -> Fault.loseAnswer(place);
                    case REQUEST_STALLS -> Fault.stallRequest(place, bytes);
                    case REQUEST_SHORTENED -> Fault.shortenRequest(place, bytes);
                    case REQUEST_BIT -> Fault.flipRequest(place, bytes);
                    case ANSWER_CUT -> Fault.cutAnswer(place, amount);
                    case IDLE_CLOSED -> Fault.closeWhenIdle(place);
                    case STALE_CONNECTION -> Fault.loseWhenUsedAgain(place);
                    case SLOW -> Fault.slow(place, 1_000_000);
                    case KILL_SOON,
                            STOP_SOON,
                            CHILD_FAILS,
                            CHILD_KILLED,
                            NO_OUTPUT,
                            STORE_DOWN,
                            CONNECTIONS_LOST,
                            DISK_FULL,
                            STORE_FOLDER_GONE -> throw new IllegalStateException(kind + " is no fault of a line");
                })
                .after(after)
                .times(kind == Kind.KILL_BEFORE || kind == Kind.KILL_AFTER ? 1 : times);
    }

    @Override
    public String toString() {
        return kind + " at " + place + (after == 0 ? "" : " +" + after)
                + (times == Integer.MAX_VALUE ? " for ever" : times > 1 ? " twice" : "") + " (" + amount + ")";
    }
}
