package io.mgnlbackup.page;

import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Listing;
import io.mgnlbackup.verify.Journal;
import io.mgnlbackup.verify.Verdict.State;
import io.mgnlbackup.verify.Verified;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page says of each backup since it was read back.
 *
 * @param known by the name of the object
 * @param damagedParts damaged objects that belong to a base backup, by its name
 */
record VerifiedMarks(
        Map<String, Verified> known,
        List<Verified> damaged,
        Map<String, Verified> damagedParts,
        Instant now,
        LocalTimes times) {

    static VerifiedMarks of(Journal journal, Listing listing, Instant now, LocalTimes times) {
        Map<String, Verified> known = new HashMap<>();
        List<Verified> damaged = new ArrayList<>();
        Map<String, Verified> parts = new HashMap<>();
        for (CatalogEntry entry : listing.entries()) {
            journal.of(entry).ifPresent(verified -> {
                known.put(entry.name(), verified);
                if (verified.state() == State.DAMAGED) {
                    damaged.add(verified);
                    entry.tags().get(ArchiveTags.PARENT).ifPresent(base -> parts.putIfAbsent(base, verified));
                }
            });
        }
        return new VerifiedMarks(known, damaged, parts, now, times);
    }

    /** Whether there is anything to say. */
    boolean isShown() {
        return !known.isEmpty();
    }

    /** What is damaged, for the top of the page. */
    Optional<String> notice() {
        return damaged.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        damaged.size() == 1
                                ? "1 object is damaged: " + damaged.get(0).name()
                                : damaged.size() + " objects are damaged, the first is "
                                        + damaged.get(0).name());
    }

    /** What to say of a backup. */
    View.Verified of(CatalogEntry entry) {
        Verified own = known.get(entry.name());
        Verified part = damagedParts.get(entry.name());
        if (part != null && (own == null || own.state() != State.DAMAGED)) {
            return new View.Verified("damaged", "WAL damaged", times.of(part.at()), part.reason());
        }
        if (own == null) {
            return new View.Verified("never", "not yet", "", null);
        }
        return switch (own.state()) {
            case DAMAGED -> new View.Verified("damaged", "damaged", times.of(own.at()), own.reason());
            case UNPROVEN -> new View.Verified("unproven", age(own) + ", unproven", times.of(own.at()), own.reason());
            case GOOD, UNREADABLE, MISSING -> new View.Verified("good", age(own), times.of(own.at()), null);
        };
    }

    private String age(Verified verified) {
        return Age.of(verified.at(), now);
    }
}
