package io.mgnlbackup.basebackup;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.mgnlbackup.fuzz.Tars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What a base backup command writes, be it pg_basebackup or something else. */
public final class BaseBackupFuzz {

    private BaseBackupFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("tar-scanner", BaseBackupFuzz::scanner, "base-backup", BaseBackupFuzz::baseBackup);
    }

    private static final class Seen implements TarScanner.Listener {

        private final List<String> entries = new ArrayList<>();
        private final List<Long> contents = new ArrayList<>();

        @Override
        public void entry(String name, long size) {
            require(size >= 0, "a length", name, size);
            entries.add(name + " " + size);
            contents.add(0L);
        }

        @Override
        public void content(byte[] buffer, int offset, int length) {
            require(length > 0 && !contents.isEmpty(), "of an entry", length);
            contents.set(contents.size() - 1, contents.get(contents.size() - 1) + length);
        }
    }

    /** In pieces of any length it finds the same; and the same as the library, where that finds an end. */
    static void scanner(byte[] input) throws IOException {
        byte[] tar = Tars.withSums(Fuzzed.after(input, 1));
        Seen whole = new Seen();
        TarScanner scanner = new TarScanner(whole);
        try {
            scanner.feed(tar, 0, tar.length);
        } catch (IOException e) {
            return;
        }
        Seen pieces = new Seen();
        TarScanner slow = new TarScanner(pieces);
        int step = 1 + Fuzzed.choice(input, 255);
        for (int at = 0; at < tar.length; at += step) {
            slow.feed(tar, at, Math.min(step, tar.length - at));
        }
        require(pieces.entries.equals(whole.entries), "the same in pieces", step, whole.entries, pieces.entries);
        require(pieces.contents.equals(whole.contents), "the same in pieces", step, whole.entries);
        if (scanner.ended()) {
            compare(tar, whole);
        }
    }

    private static void compare(byte[] tar, Seen seen) {
        List<String> theirs = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                boolean link = entry.isLink() || entry.isSymbolicLink();
                theirs.add(entry.getName() + " " + (link ? 0 : entry.getSize()));
            }
        } catch (IOException | RuntimeException e) {
            return;
        }
        require(seen.entries.equals(theirs), "the library finds the same", seen.entries, theirs);
    }

    /** Says what is in it, or why it is no base backup. */
    static void baseBackup(byte[] input) throws IOException {
        byte[] tar = Tars.withSums(Fuzzed.after(input, 1));
        BaseBackupScan scan = new BaseBackupScan();
        int step = 1 + Fuzzed.choice(input, 255) * 7;
        BaseBackupFacts facts;
        try {
            for (int at = 0; at < tar.length; at += step) {
                scan.feed(tar, at, Math.min(step, tar.length - at));
            }
            facts = scan.facts();
        } catch (IOException e) {
            require(e.getMessage() != null, "a reason");
            return;
        }
        require(facts.tarBytes() == tar.length, "bytes are counted", facts);
        require(facts.system().matches("[0-9]+"), "a number", facts);
    }
}
