package io.mgnlbackup.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what, one line each: links given out, backups started, bundles stored, what was deleted, and who was refused. Its lines are those
 * of the logger {@code Audit}. Names of objects and paths may be somebody's choice; the log makes line breaks in them visible.
 */
public final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger("io.mgnlbackup.Audit");

    private static final int LONGEST_PATH = 200;

    private Audit() {}

    /** Links to some objects were given out. */
    public static void links(Caller caller, int count, String first, String last) {
        if (count > 0) {
            LOG.info(
                    "{} at {} was given links to {} objects, from '{}' to '{}'",
                    caller.name(),
                    caller.address(),
                    count,
                    first,
                    last);
        }
    }

    /** Something was done. */
    public static void did(Caller caller, String what, String object) {
        LOG.info("{} at {} {} '{}'", caller.name(), caller.address(), what, object);
    }

    /** The sidecar deleted an object by itself; why stands in the line of the plan. */
    public static void deleted(String object) {
        LOG.info("retention has deleted '{}'", object);
    }

    /** A request was refused. */
    public static void refused(Caller caller, String method, String path, String why) {
        String shown = path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…";
        LOG.warn("{} at {} was refused {} {}: {}", caller.name(), caller.address(), method, shown, why);
    }
}
