package io.mgnlbackup.faults;

import io.mgnlbackup.testing.ChaosProxy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A store as somebody sees it who is not the sidecar, past whatever is broken between the two. */
interface OutsideView extends AutoCloseable {

    /** Settings of a sidecar that uses the store, by their variables. */
    Map<String, String> variables();

    /** Names of all objects; the value differs when an object does. */
    SortedMap<String, String> objects() throws IOException;

    /** A look at one object, which throws {@link NoSuchFileException} when it is gone. */
    interface Look {

        /** Whether the object is news. */
        boolean at(String name) throws IOException;
    }

    /**
     * Looks at what is new or changed, and takes out of it what goes meanwhile: a store still does what a killed sidecar asked for. Says whether
     * any of it is news.
     */
    static boolean lookAtChanges(SortedMap<String, String> before, SortedMap<String, String> now, Look look)
            throws IOException {
        boolean news = false;
        for (Map.Entry<String, String> object : Map.copyOf(now).entrySet()) {
            if (!object.getValue().equals(before.get(object.getKey()))) {
                try {
                    news |= look.at(object.getKey());
                } catch (NoSuchFileException e) {
                    now.remove(object.getKey());
                }
            }
        }
        return news;
    }

    /** Bytes of an object; throws {@link NoSuchFileException} when there is none. */
    InputStream open(String name) throws IOException;

    /** Tags of an object. */
    Map<String, String> tags(String name) throws IOException;

    /** Puts an object there, as if it had been stored before. */
    void plant(String name, byte[] bytes, Map<String, String> tags) throws IOException;

    /** Temporary files, uploads that are under way: all that a sidecar that ended has to have cleaned up at its next start. */
    List<String> leftovers() throws IOException;

    /** The line between the sidecar and the store, where there is one. */
    Optional<ChaosProxy> line();

    /** For the next sidecar; the line of the one before is cut. */
    void layNewLine();

    @Override
    void close();
}
