package io.mgnlbackup.config;

import io.mgnlbackup.store.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the tags that the user adds to every object, and checks that they fit beside ours. */
final class UserTags {

    /** Tags that we write ourselves (docs/format.md). */
    private static final Set<String> OURS = Set.of(
            "heritage",
            "ulid",
            "daily",
            "weekly",
            "monthly",
            "variant",
            "basebackup_parent",
            "basebackup_start",
            "basebackup_end",
            "system_identifier",
            "postgres_version",
            "timeline",
            "timeline_history",
            "wal_file",
            "wal_first",
            "wal_last",
            "wal_segment_bytes",
            "start_lsn",
            "stop_lsn",
            "first_commit",
            "last_commit",
            "sha256",
            "tar_bytes",
            "sealed");

    /** Kept free for what a later version may add. */
    private static final int RESERVED_BYTES = 300;

    /** Kept free for what objects of WAL mode carry: parent, times, timeline, segments, system identifier, checksum. */
    private static final int RESERVED_WAL_BYTES = 800;

    private static final String ULID = "0".repeat(26);

    private final SettingSources sources;
    private final Findings findings;
    private final int reservedBytes;

    UserTags(SettingSources sources, Findings findings, boolean walMode) {
        this.reservedBytes = walMode ? RESERVED_WAL_BYTES : RESERVED_BYTES;
        this.sources = sources;
        this.findings = findings;
    }

    /** The tags in the order of their lower-case names; a flag beats a variable, and an empty flag drops the tag. */
    List<UserTag> read(String heritage) {
        Map<String, UserTag> tags = new TreeMap<>();
        new TreeMap<>(sources.environment()).forEach((variable, text) -> {
            String value = ValueText.withoutLineEnd(text);
            if (variable.startsWith(SettingKey.TAG_PREFIX) && !value.isEmpty()) {
                add(tags, variable.substring(SettingKey.TAG_PREFIX.length()), value, variable);
            }
        });
        Map<String, UserTag> flags = new TreeMap<>();
        new TreeMap<>(sources.tagFlags()).forEach((name, value) -> add(flags, name, value, "--tag " + name));
        tags.putAll(flags);
        tags.values().removeIf(tag -> tag.value().isEmpty());
        checkSize(UserTag.tags(tags.values()), heritage);
        return List.copyOf(tags.values());
    }

    private void add(Map<String, UserTag> tags, String written, String value, String origin) {
        String name = written.toLowerCase(Locale.ROOT);
        if (name.isBlank()) {
            findings.problem(
                    origin + ": the tag has no name; give one, such as " + SettingKey.TAG_PREFIX + "NAMESPACE");
        } else if (OURS.contains(name)) {
            findings.problem(origin + ": the tag '" + name + "' is written by the sidecar itself"
                    + (name.equals("heritage") ? "; set " + SettingKey.HERITAGE.variable() : "; give another name"));
        } else if (tags.put(name, new UserTag(name, value, origin)) != null) {
            findings.problem(origin + ": the tag '" + name + "' is given twice, in upper and lower case; give it once");
        }
    }

    private void checkSize(Tags tags, String heritage) {
        int bytes = tags.with("heritage", heritage)
                .with("ulid", ULID)
                .with("daily", "true")
                .with("weekly", "true")
                .with("monthly", "true")
                .encode()
                .length();
        int most = Tags.MAX_ENCODED_BYTES - reservedBytes;
        if (bytes > most) {
            findings.problem(
                    SettingKey.TAG_PREFIX + "*: the tags " + tags.values().keySet() + " and the heritage take " + bytes
                            + " bytes, which is more than the " + most
                            + " that stores have room for; give shorter or fewer tags");
        }
    }
}
