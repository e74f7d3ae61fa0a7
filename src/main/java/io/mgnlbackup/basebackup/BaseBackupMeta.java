package io.mgnlbackup.basebackup;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.format.GzipSeal;
import io.mgnlbackup.postgres.Lsn;
import io.mgnlbackup.postgres.SegmentSize;
import io.mgnlbackup.postgres.WalSegmentName;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The content of a meta object: what a person or a program needs to know to restore a base backup (docs/format.md).
 *
 * @param format of this text, 1
 * @param baseBackup the name of the object that it makes complete
 * @param size of that object, in bytes
 * @param sha256 of that object, as it is stored
 * @param tarBytes of the archive in it
 * @param startWal the first segment that is needed
 * @param stopWal the last one until the backup is consistent
 * @param tablespaces outside of the data directory: none, such clusters are refused
 * @param backupLabel the file {@code backup_label}
 */
@JsonPropertyOrder({"format", "base_backup", "size", "sha256", "tar_bytes"})
record BaseBackupMeta(
        int format,
        @JsonProperty("base_backup") String baseBackup,
        long size,
        String sha256,
        @JsonProperty("tar_bytes") long tarBytes,
        @JsonProperty("postgres_version") String postgresVersion,
        @JsonProperty("system_identifier") String systemIdentifier,
        long timeline,
        @JsonProperty("start_lsn") String startLsn,
        @JsonProperty("stop_lsn") String stopLsn,
        @JsonProperty("start_wal") String startWal,
        @JsonProperty("stop_wal") String stopWal,
        @JsonProperty("wal_segment_bytes") int walSegmentBytes,
        @JsonProperty("started_at") String startedAt,
        @JsonProperty("ended_at") String endedAt,
        List<String> tablespaces,
        String label,
        @JsonProperty("backup_label") String backupLabel) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    BaseBackupMeta {
        tablespaces = List.copyOf(tablespaces);
    }

    static BaseBackupMeta of(
            StoredObject base,
            BaseBackupRun run,
            BaseBackupFacts facts,
            SegmentSize size,
            Lsn stop,
            WalSegmentName last) {
        WalSegmentName first = facts.label().startFile();
        return new BaseBackupMeta(
                1,
                base.key().value(),
                base.size(),
                run.sha256(),
                facts.tarBytes(),
                facts.version(),
                facts.system(),
                first.timeline(),
                facts.label().start().toString(),
                stop.toString(),
                first.toString(),
                last.toString(),
                size.bytes(),
                instant(run.startedAt()),
                instant(run.endedAt()),
                List.of(),
                facts.label().label(),
                facts.labelText());
    }

    private static String instant(Instant time) {
        return time.toString();
    }

    /** The tags that tell the same to whoever lists the store. */
    Tags addTo(Tags tags) {
        return tags.with(ArchiveTags.VARIANT, ArchiveTags.TX_LOG_ARCHIVING)
                .with(ArchiveTags.PARENT, baseBackup)
                .with(ArchiveTags.START, startedAt)
                .with(ArchiveTags.END, endedAt)
                .with(ArchiveTags.VERSION, postgresVersion)
                .with(ArchiveTags.SYSTEM, systemIdentifier)
                .with(ArchiveTags.TIMELINE, Long.toString(timeline))
                .with(ArchiveTags.FIRST, startWal)
                .with(ArchiveTags.LAST, stopWal)
                .with(ArchiveTags.START_LSN, startLsn)
                .with(ArchiveTags.STOP_LSN, stopLsn)
                .with(ArchiveTags.SEGMENT_BYTES, Integer.toString(walSegmentBytes))
                .with(ArchiveTags.SHA256, sha256)
                .with(ArchiveTags.SEALED, ArchiveTags.SEALED_WITH)
                .with(ArchiveTags.TAR_BYTES, Long.toString(tarBytes));
    }

    /** As it is stored: JSON, compressed; a few kilobytes. */
    Payload payload() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(json);
            }
            bytes.writeBytes(GzipSeal.of(json, bytes.toByteArray()).member());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Payload.ofLength(new ByteArrayInputStream(bytes.toByteArray()), bytes.size());
    }
}
