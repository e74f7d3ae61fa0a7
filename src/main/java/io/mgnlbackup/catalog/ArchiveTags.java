package io.mgnlbackup.catalog;

/** The names of the tags that objects of WAL mode carry (docs/format.md). */
public final class ArchiveTags {

    /** On every object of WAL mode, with the value {@link #TX_LOG_ARCHIVING}. */
    public static final String VARIANT = "variant";

    /** What {@link #VARIANT} says. */
    public static final String TX_LOG_ARCHIVING = "tx_log_archiving";

    /** The name of the base backup that an object belongs to. */
    public static final String PARENT = "basebackup_parent";

    /** When that base backup started, RFC 3339. */
    public static final String START = "basebackup_start";

    /** When a base backup ended: from then on it can be restored. */
    public static final String END = "basebackup_end";

    /** The cluster, as {@code pg_controldata} prints it. */
    public static final String SYSTEM = "system_identifier";

    /** PostgreSQL's major version. */
    public static final String VERSION = "postgres_version";

    /** A decimal number. */
    public static final String TIMELINE = "timeline";

    /** The ancestors of a timeline: {@code 1:0/3000000,2:0/5000028}. */
    public static final String HISTORY = "timeline_history";

    /** The name of an archived file. */
    public static final String FILE = "wal_file";

    /** The first segment that is in the object, or that a base backup needs. */
    public static final String FIRST = "wal_first";

    /** The last segment, likewise. */
    public static final String LAST = "wal_last";

    /** The size of the cluster's segments. */
    public static final String SEGMENT_BYTES = "wal_segment_bytes";

    /** Where a base backup starts in the WAL. */
    public static final String START_LSN = "start_lsn";

    /** Where a base backup is consistent. */
    public static final String STOP_LSN = "stop_lsn";

    /** The earliest end of a transaction in a segment, RFC 3339. */
    public static final String FIRST_COMMIT = "first_commit";

    /** The latest end of a transaction in a segment, RFC 3339. */
    public static final String LAST_COMMIT = "last_commit";

    /** SHA-256 in hexadecimal: of an archived file before it was packed, of a base backup as it is stored. */
    public static final String SHA256 = "sha256";

    /** Bytes of a base backup's archive before compression: about what it takes on a disk. */
    public static final String TAR_BYTES = "tar_bytes";

    public static final String SEALED = "sealed";
    public static final String SEALED_WITH = "sha256";

    private ArchiveTags() {}
}
