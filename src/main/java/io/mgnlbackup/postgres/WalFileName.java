package io.mgnlbackup.postgres;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What kind of file a name in the archive folder promises (PostgreSQL's src/include/access/xlog_internal.h,
 * {@code IsXLogFileName} and its neighbours). Only the name is judged; the content is checked apart from it.
 *
 * @param text the whole file name, without a folder
 * @param kind what the name says that the file is
 */
public record WalFileName(String text, Kind kind) {

    /** The kinds of file that PostgreSQL hands to {@code archive_command}, and the rest. */
    public enum Kind {
        /** A complete segment: 24 digits. */
        SEGMENT("(?!0{8})[0-9A-F]{24}"),
        /** The last segment of an old timeline, cut at a promotion: 24 digits and {@code .partial}. */
        PARTIAL("(?!0{8})[0-9A-F]{24}\\.partial"),
        /** Where a timeline branched off: 8 digits and {@code .history}; timeline 1 has none. */
        HISTORY("(?!0{8})[0-9A-F]{8}\\.history"),
        /** The end of a base backup: a segment, the offset in it as 8 digits, {@code .backup}. */
        BACKUP("(?!0{8})[0-9A-F]{24}\\.[0-9A-F]{8}\\.backup"),
        /** Not a name that PostgreSQL archives, such as a temporary one. */
        OTHER("");

        private final Pattern pattern;

        Kind(String regex) {
            pattern = Pattern.compile(regex);
        }
    }

    /** Tells what the name is. Anything unknown, a path included, is {@link Kind#OTHER}. */
    public static WalFileName of(String text) {
        for (Kind kind : Kind.values()) {
            if (kind.pattern.matcher(text).matches()) {
                return new WalFileName(text, kind);
            }
        }
        return new WalFileName(text, Kind.OTHER);
    }

    /** The segment that it is named after; none for a history file and for other names. */
    public Optional<WalSegmentName> segment() {
        return kind == Kind.HISTORY || kind == Kind.OTHER
                ? Optional.empty()
                : Optional.of(WalSegmentName.parse(text.substring(0, 24)));
    }

    /** The timeline in the name. */
    public Optional<Long> timeline() {
        return kind == Kind.OTHER ? Optional.empty() : Optional.of(Long.parseLong(text.substring(0, 8), 16));
    }
}
