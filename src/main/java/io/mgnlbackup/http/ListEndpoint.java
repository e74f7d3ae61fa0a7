package io.mgnlbackup.http;

import io.mgnlbackup.access.Audit;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Ordering;
import io.mgnlbackup.query.Selection;
import io.mgnlbackup.query.TagQuery;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ObjectStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        request.allowOnly(Set.of("query", "limit", "orderby", "dir"));
        Optional<Ordering> ordering = ordering(request);
        Optional<Integer> limit = request.positive("limit");
        TagQuery query = request.parameter("query")
                .filter(text -> !text.isBlank())
                .map(TagQuery::parse)
                .orElse(TagQuery.ALL);
        Selection selection = new Selection(query, ordering, limit);
        List<CatalogEntry> chosen = selection.of(catalog.refresh().entries());
        if (!chosen.isEmpty()) {
            Audit.links(
                    request.caller(),
                    chosen.size(),
                    chosen.get(0).name(),
                    chosen.get(chosen.size() - 1).name());
        }
        Iterator<BackupEntry> answers = chosen.stream().map(this::entry).iterator();
        return Answer.json(200, Json.array(answers));
    }

    /** Store order when neither parameter is given. */
    private static Optional<Ordering> ordering(Request request) {
        Optional<String> key = request.parameter("orderby").filter(name -> !name.isEmpty());
        Optional<Boolean> descending = request.direction();
        if (key.isEmpty() && descending.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Ordering(key, descending.orElse(false)));
    }

    /** Where the page is. */
    public Answer elsewhere() {
        return Answer.seeOther("/list");
    }

    /** Forgets what was remembered of the store. */
    public Answer forget(Request request) {
        request.allowOnly(Set.of());
        catalog.forget();
        Audit.did(request.caller(), "makes the sidecar forget", "what it knows of the store");
        return Answer.empty();
    }

    private BackupEntry entry(CatalogEntry entry) {
        return BackupEntry.of(entry, store.link(new LinkRequest(entry.object().key(), LINK_LIFETIME)));
    }
}
