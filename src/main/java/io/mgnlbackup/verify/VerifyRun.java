package io.mgnlbackup.verify;

import io.mgnlbackup.catalog.CatalogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One verification by the server, from its reservation to its end. One thread at a time. */
public final class VerifyRun {

    private final Instant startedAt;
    private final List<Verdict> verdicts = new ArrayList<>();
    private List<CatalogEntry> chosen = List.of();
    private Optional<ObjectCheck> check = Optional.empty();

    VerifyRun(Instant startedAt) {
        this.startedAt = startedAt;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** What to read, in this order. */
    public List<CatalogEntry> chosen() {
        return chosen;
    }

    void choose(List<CatalogEntry> entries, ObjectCheck objectCheck) {
        chosen = List.copyOf(entries);
        check = Optional.of(objectCheck);
    }

    /** What reads the objects. */
    ObjectCheck check() {
        return check.orElseThrow();
    }

    void add(Verdict verdict) {
        verdicts.add(verdict);
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    @Override
    public String toString() {
        return "verification of " + startedAt;
    }
}
