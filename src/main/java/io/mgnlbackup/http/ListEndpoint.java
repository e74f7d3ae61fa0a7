package io.mgnlbackup.http;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ObjectStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

/** Answers {@code /list} and {@code /cache}. */
public final class ListEndpoint {

    /** How long a link of a list works. */
    public static final Duration LINK_LIFETIME = Duration.ofHours(1);

    private final Catalog catalog;
    private final ObjectStore store;

    /** Lists what the catalog sees, with links that the store signs. */
    public ListEndpoint(Catalog catalog, ObjectStore store) {
        this.catalog = catalog;
        this.store = store;
    }

    /** The backups as a JSON array, each element made while it is sent. */
    public Answer list(Request request) {
        request.allowOnly(Set.of("limit"));
        Stream<CatalogEntry> entries = catalog.refresh().entries().stream();
        Stream<CatalogEntry> wanted =
                request.positive("limit").map(entries::limit).orElse(entries);
        Iterator<BackupEntry> answers = wanted.map(this::entry).iterator();
        return Answer.json(200, Json.array(answers));
    }

    /** Forgets what was remembered of the store. */
    public Answer forget(Request request) {
        request.allowOnly(Set.of());
        catalog.forget();
        return Answer.empty();
    }

    private BackupEntry entry(CatalogEntry entry) {
        return BackupEntry.of(entry, store.link(new LinkRequest(entry.object().key(), LINK_LIFETIME)));
    }
}
