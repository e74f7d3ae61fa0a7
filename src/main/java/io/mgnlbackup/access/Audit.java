package io.mgnlbackup.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what, one line each: links given out, backups started, bundles stored, what was deleted, and who was refused. Its lines are those
 * of the logger {@code Audit}. Names of objects and paths may be somebody's choice; the log joins what has line breaks to one line.
 */
public final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger("io.mgnlbackup.Audit");

    private Audit() {}

    /** Links to some objects were given out. */
    public static void links(Caller caller, int count, String first, String last) {
        if (count == 1) {
            did(caller, "is given a link to", first);
        } else if (count > 1) {
            LOG.info("{}: is given {} links, from '{}' to '{}'", caller, count, first, last);
        }
    }

    /** Something was done, said in the form "starts the backup". */
    public static void did(Caller caller, String what, String object) {
        LOG.info("{}: {} '{}'", caller, what, object);
    }

    /** The sidecar deleted an object by itself; why stands in the line of the plan. */
    public static void deleted(String object) {
        LOG.info("retention: has deleted '{}'", object);
    }

    /** A request was refused with this status. */
    public static void refused(Caller caller, int status, String why) {
        LOG.warn("{}: is refused with {}, {}", caller, status, why);
    }
}
