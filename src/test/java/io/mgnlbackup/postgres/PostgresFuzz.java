package io.mgnlbackup.postgres;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PostgreSQL writes, and what somebody puts into the archive folder in its place. */
public final class PostgresFuzz {

    private static final String SEGMENT = "000000010000000000000003";
    private static final int PAGE = 1024;
    private static final int PAGES = 8;

    /** As PostgreSQL reads a line of a history file (src/backend/access/transam/timeline.c, {@code readTimeLineHistory}). */
    private static final Pattern ANCESTOR =
            Pattern.compile("([0-9]{1,9})[ \\t]+([0-9A-F]{1,8})/([0-9A-F]{1,8})\\t.*", Pattern.DOTALL);

    private PostgresFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "wal-header", PostgresFuzz::header,
                "wal-records", PostgresFuzz::records,
                "wal-pages", PostgresFuzz::pages,
                "wal-file-name", PostgresFuzz::fileName,
                "lsn", PostgresFuzz::lsn,
                "timeline-history", PostgresFuzz::history,
                "timeline-history-tag", PostgresFuzz::historyTag,
                "backup-label", PostgresFuzz::label,
                "recovery-settings", PostgresFuzz::recovery);
    }

    static void header(byte[] input) {
        try {
            WalHeader header = WalHeader.parse(input);
            for (String name : List.of(SEGMENT, "FFFFFFFFFFFFFFFFFFFFFFFF")) {
                Optional<String> wrong = header.contradiction(WalSegmentName.parse(name), input.length);
                require(wrong.isEmpty() || !wrong.get().isBlank(), "a reason", name);
            }
            require(header.blockBytes() >= 1024 && header.blockBytes() <= 65536, "a page", header);
            require(header.timeline() >= 0, "a timeline", header);
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    /** Any bytes that begin with a header are read to some end. */
    static void records(byte[] input) throws IOException {
        WalHeader header;
        try {
            header = WalHeader.parse(input);
        } catch (IllegalArgumentException e) {
            return;
        }
        check(WalTimes.read(new ByteArrayInputStream(input), header));
    }

    /** The input as the records of good pages, so that it is read to its end. */
    static void pages(byte[] input) throws IOException {
        ByteBuffer segment = ByteBuffer.allocate(PAGE * PAGES)
                .order(Fuzzed.choice(input, 2) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        ByteBuffer rest = ByteBuffer.wrap(Fuzzed.after(input, 6));
        for (int page = 0; page < PAGES; page++) {
            segment.position(page * PAGE);
            segment.putShort((short) 0xD110).putShort((short) (page == 0 ? 2 | Fuzzed.choice(input, 4) >> 1 : 0));
            segment.putInt(1).putLong(0x3000000L + (long) page * PAGE);
            segment.putInt(input.length < 6 ? 0 : ByteBuffer.wrap(input).getInt(1))
                    .putInt(0);
            if (page == 0) {
                segment.putLong(7).putInt(1 << 24).putInt(PAGE);
            }
            int step = Math.min(rest.remaining(), (page + 1) * PAGE - segment.position());
            segment.put(segment.position(), rest, rest.position(), step);
            rest.position(rest.position() + step);
        }
        byte[] bytes = segment.array();
        WalHeader header = WalHeader.parse(Arrays.copyOf(bytes, WalHeader.BYTES));
        check(WalTimes.read(new ByteArrayInputStream(bytes), header));
    }

    private static void check(WalTimes times) {
        require(times.first().isPresent() == times.last().isPresent(), "both or none", times);
        if (times.first().isPresent()) {
            require(!times.first().get().isAfter(times.last().orElseThrow()), "in this order", times);
            String written = times.first().get().toString();
            require(Instant.parse(written).equals(times.first().get()), "the tag is read again", written);
        }
    }

    /** What counts as a WAL file has a name that is safe to write, and that is taken apart as it was put together. */
    static void fileName(byte[] input) {
        String text = Fuzzed.text(input);
        WalFileName name = WalFileName.of(text);
        if (name.kind() == WalFileName.Kind.OTHER) {
            require(name.segment().isEmpty() && name.timeline().isEmpty(), "nothing is known", text);
            return;
        }
        require(text.matches("[0-9A-Fa-z.]+"), "safe as a file name", text);
        require(name.timeline().orElseThrow() >= 1, "a timeline", text);
        if (name.segment().isPresent()) {
            WalSegmentName segment = name.segment().get();
            require(text.startsWith(segment.toString()), "the segment of the name", text, segment);
            if (segment.fits(SegmentSize.DEFAULT)) {
                Lsn start = segment.start(SegmentSize.DEFAULT);
                require(
                        WalSegmentName.holding(segment.timeline(), start, SegmentSize.DEFAULT)
                                .equals(segment),
                        "the segment that holds its start",
                        text);
            }
        }
    }

    static void lsn(byte[] input) {
        String text = Fuzzed.text(input);
        try {
            Lsn lsn = Lsn.parse(text);
            require(Lsn.parse(lsn.toString()).equals(lsn), "what is printed is read", text);
            require(lsn.compareTo(new Lsn(0)) >= 0, "not below the first", text);
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    /** Agrees with PostgreSQL's own reading, line by line. */
    static void history(byte[] input) {
        String text = Fuzzed.text(input) + "\n";
        boolean served = false; // PostgreSQL writes lines of this form alone
        boolean odd = false;
        for (String line : text.split("\n", -1)) {
            Matcher ancestor = ANCESTOR.matcher(line);
            if (ancestor.matches()) {
                served = true;
            } else {
                odd |= !line.isEmpty();
            }
        }
        try {
            TimelineHistory history = TimelineHistory.parse(7, text);
            require(!history.ancestors().isEmpty(), "somebody", text);
            require(TimelineHistory.ofText(7, history.toText()).equals(history), "the tag is read again", text);
            require(history.newest(2).ancestors().size() <= 2, "the newest", text);
        } catch (IllegalArgumentException e) {
            require(odd || !served, "PostgreSQL writes such a file", text);
        }
    }

    static void historyTag(byte[] input) {
        try {
            TimelineHistory history = TimelineHistory.ofText(7, Fuzzed.text(input));
            require(TimelineHistory.ofText(7, history.toText()).equals(history), "what is written is read", history);
            history.holding(WalSegmentName.parse(SEGMENT), SegmentSize.DEFAULT);
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    /** Says what stands in the lines, whatever else somebody called a backup. */
    static void label(byte[] input) {
        String text = Fuzzed.text(input);
        BackupLabel label;
        try {
            label = BackupLabel.parse(text);
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null, "a reason");
            return;
        }
        String called = Arrays.stream(text.split("\n", -1))
                .filter(line -> line.startsWith("LABEL: "))
                .map(line -> line.substring("LABEL: ".length()))
                .findFirst()
                .orElse("");
        require(label.label().equals(called), "the label", called, label);
        BackupLabel.isWholeHistory(text);
        if (label.startFile().fits(SegmentSize.DEFAULT)) {
            require(
                    label.historyFile(SegmentSize.DEFAULT)
                            .startsWith(label.startFile().toString()),
                    "a name",
                    label);
        }
    }

    /** Settings of an earlier recovery do not hold any more, and everything else stays as it was. */
    static void recovery(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 2);
        RecoverySettings settings = new RecoverySettings(
                lines.get(0), 1, Optional.of(Instant.EPOCH), RecoverySettings.TargetAction.PROMOTE);
        String applied = settings.applyTo(lines.get(1));
        long commands = applied.lines()
                .filter(line -> line.matches("\\s*(?i:restore_command)\\s*=.*"))
                .count();
        require(commands == 1, "one restore_command", applied);
        require(settings.applyTo(applied).equals(applied) || !applied.contains("# Written"), "once is enough", applied);
        require(!settings.file().contains("/"), "a file of the data directory", settings.file());
    }
}
