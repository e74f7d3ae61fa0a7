package io.mgnlbackup.store.local;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.StoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in a user's words what went wrong with the folder. */
final class LocalErrors {

    private LocalErrors() {}

    /**
     * What the store throws for a failure of its disk.
     *
     * @param doing what was being done to what, for example {@code cannot store 'a'}
     */
    static StoreException of(String doing, IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return new StoreException(Problem.Kind.FAILED, doing + ": interrupted", null, true, e);
        }
        if (isFull(e)) {
            return new StoreException(
                    Problem.Kind.UNAVAILABLE,
                    doing + ": the disk is full",
                    "free space there or mount a larger volume at MGNLBACKUP_FILE_DIR",
                    true,
                    e);
        }
        if (e instanceof AccessDeniedException || text(e).contains("read-only")) {
            return new StoreException(
                    Problem.Kind.FORBIDDEN,
                    doing + ": not permitted for " + file(e),
                    "let the user that the sidecar runs as read and write the folder MGNLBACKUP_FILE_DIR",
                    false,
                    e);
        }
        return new StoreException(Problem.Kind.FAILED, doing + ": " + reason(e), null, true, e);
    }

    private static boolean isFull(IOException e) {
        return text(e).contains("no space left") || text(e).contains("quota exceeded");
    }

    private static String text(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return file(e) + " is not there any more";
        }
        if (e instanceof FileAlreadyExistsException) {
            return file(e) + " is in the way";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static String file(IOException e) {
        @Nullable String file = e instanceof FileSystemException failure ? failure.getFile() : null;
        return file == null ? "the folder" : "'" + file + "'";
    }
}
