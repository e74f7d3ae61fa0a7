package io.mgnlbackup.store;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Finds out why a store at the other end of a line did not answer. */
public final class Causes {

    private Causes() {}

    /** The first exception of a type among an exception and its causes, or null. */
    public static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    /** In a few words, why a call got no answer. */
    public static String ofNoAnswer(Throwable thrown) {
        if (find(thrown, ConnectException.class) != null || find(thrown, NoRouteToHostException.class) != null) {
            return "the connection is refused";
        }
        if (find(thrown, SocketTimeoutException.class) != null) {
            return "no answer in time";
        }
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.toString() : last.getMessage();
    }
}
