package io.mgnlbackup.http;

import com.github.f4b6a3.ulid.UlidCreator;
import io.mgnlbackup.access.Audit;
import io.mgnlbackup.access.Role;
import io.mgnlbackup.bundle.Bundle;
import io.mgnlbackup.bundle.BundlePlanner;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.config.Rfc3339;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.dump.BackupNames;
import io.mgnlbackup.format.BundleDocument;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.query.Selection;
import io.mgnlbackup.query.TagQuery;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers {@code /bundle}. */
public final class BundleEndpoint {

    /** A restore of something large takes long; S3 signs for no longer than that. */
    public static final Duration LINK_LIFETIME = Duration.ofDays(7);

    private static final String PATH = "/bundle";
    private static final Set<String> PARAMETERS = Set.of("query", "mode", "upload", "download", "timeline");

    private final Catalog catalog;
    private final ObjectStore store;
    private final Settings.Objects objects;
    private final BackupNames names;
    private final Clock clock;

    /** Tells what is in this catalog. */
    public BundleEndpoint(
            Catalog catalog, ObjectStore store, Settings.Objects objects, BackupNames names, Clock clock) {
        this.catalog = catalog;
        this.store = store;
        this.objects = objects;
        this.names = names;
        this.clock = clock;
    }

    /** The bundle as a list, as a document for {@code boot}, or the link to that document once it is stored. */
    public Answer answer(Request request) {
        if (request.flag("upload") && !request.caller().may(Role.WRITE)) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "'" + request.caller().name() + "' does not have the role 'write'",
                    "a bundle can be had without 'upload', too");
        }
        Bundle bundle = plan(request);
        boolean restore = restoreMode(request);
        Audit.links(
                request.caller(),
                bundle.entries().size(),
                bundle.entries().get(0).name(),
                bundle.entries().get(bundle.entries().size() - 1).name());
        if (!request.flag("upload")) {
            return restore
                    ? Answer.json(200, Json.text(document(request, bundle)))
                    : Answer.json(
                            200,
                            Json.array(bundle.entries().stream().map(this::item).iterator()));
        }
        if (!restore) {
            throw invalid("parameter 'upload' stores what 'mode=restore' answers", "add mode=restore");
        }
        return Answer.json(200, Json.text(Map.of("link", upload(request, bundle).toString())));
    }

    /** The bundle that a request asks for; throws when it cannot be had. */
    public Bundle plan(Request request) {
        request.allowOnly(PARAMETERS);
        Optional<Instant> target = target(request.path());
        restoreMode(request);
        Optional<Long> timeline = request.positive("timeline").map(Integer::longValue);
        TagQuery query = request.parameter("query")
                .filter(text -> !text.isBlank())
                .map(TagQuery::parse)
                .orElse(TagQuery.ALL);
        List<CatalogEntry> chosen = new Selection(query, Optional.empty(), Optional.empty())
                .of(catalog.refresh().entries());
        BundlePlanner planner = new BundlePlanner(WalArchive.of(chosen)
                .newestCluster()
                .orElseThrow(() -> new Problem(
                        Problem.Kind.NOT_FOUND,
                        "there is no complete base backup, so there is no bundle",
                        "bundles are made in WAL mode only; without a query every base backup counts")));
        return target.map(instant -> planner.at(instant, timeline)).orElseGet(() -> planner.latest(timeline));
    }

    private static boolean restoreMode(Request request) {
        return request.parameter("mode")
                .map(mode -> {
                    if (!mode.equals("restore")) {
                        throw invalid("parameter 'mode' has a value that is not known", "accepted: restore");
                    }
                    return true;
                })
                .orElse(false);
    }

    /** Empty for now. */
    private static Optional<Instant> target(String path) {
        String rest = path.length() > PATH.length() ? path.substring(PATH.length()) : "/";
        if (!rest.startsWith("/")) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND, "there is nothing at this path", "see the README for what there is");
        }
        String text;
        try {
            text = URLDecoder.decode(rest.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            return text.isEmpty() || text.equals("now") ? Optional.empty() : Optional.of(Rfc3339.parse(text));
        } catch (IllegalArgumentException e) {
            throw invalid(
                    "the path names no instant: " + e.getMessage(),
                    "accepted: now, or RFC 3339 such as /bundle/2026-03-01T12:00:00Z");
        }
    }

    private static Problem invalid(String message, String hint) {
        return new Problem(Problem.Kind.INVALID, message, hint);
    }

    private BundleDocument document(Request request, Bundle bundle) {
        return new BundleDocument(
                bundle.entries().stream().map(this::item).toList(),
                target(request.path()).orElseGet(clock::instant).toString(),
                bundle.timeline(),
                bundle.target().map(Instant::toString).orElse(null));
    }

    private BundleDocument.Item item(CatalogEntry entry) {
        return BundleDocument.Item.of(
                entry, store.link(new LinkRequest(entry.object().key(), LINK_LIFETIME)));
    }

    private URI upload(Request request, Bundle bundle) {
        Instant now = clock.instant();
        byte[] json = Json.text(document(request, bundle)).getBytes(StandardCharsets.UTF_8);
        ObjectKey key = names.of(names.claimSecond(now));
        Tags tags = objects.tags()
                .with(Catalog.HERITAGE, objects.heritage())
                .with(Catalog.ULID, UlidCreator.getUlid(now.toEpochMilli()).toString())
                .with(ArchiveTags.VARIANT, ArchiveTags.TX_LOG_ARCHIVING);
        Audit.did(request.caller(), "stores the bundle", key.value());
        store.put(new Upload(key, tags, Payload.ofLength(new ByteArrayInputStream(json), json.length)));
        return store.link(new LinkRequest(key, LINK_LIFETIME));
    }
}
