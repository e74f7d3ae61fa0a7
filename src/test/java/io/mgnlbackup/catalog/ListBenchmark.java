package io.mgnlbackup.catalog;

import com.github.f4b6a3.ulid.UlidCreator;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.query.Selection;
import io.mgnlbackup.query.TagQuery;
import io.mgnlbackup.route.RouteObjectStore;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.s3.S3Clients;
import io.mgnlbackup.store.s3.S3Store;
import io.mgnlbackup.store.s3.SidecarId;
import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.StoreRoutes;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What {@code bench/list} runs: lists of many objects in an S3 server, and queries over more in memory. Exits with 1 when a promise is broken. */
public final class ListBenchmark {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'shop-'yyyy-MM-dd-HHmmss'.sql.gz'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final String QUERY = "{namespace=~\"prod-.*\",daily=\"true\",tier!=\"none\"}";
    private static final double MOST_QUERY_MS = 50;

    private static final PrintStream OUT = System.out;

    private static boolean kept = true;

    private ListBenchmark() {}

    /** Takes the number of objects. */
    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[0]);
        try (S3Server server = new S3Server();
                ChaosProxy line = new ChaosProxy(server.endpoint())) {
            StoreSettings.S3 settings = server.settings("bench", line.endpoint());
            try (S3Client client = S3Clients.client(settings);
                    S3Presigner presigner = S3Clients.presigner(settings);
                    S3Store s3 = new S3Store(
                            client, presigner, settings, SidecarId.ofThisProcess("shop", "shop", "bench"))) {
                s3.ensureBucket();
                IntStream.range(0, count).parallel().forEach(i -> put(client, i));
                try (StoreRoutes routes = new StoreRoutes(
                        "store-s3.camel.yaml",
                        Map.of("s3Client", client, "s3Store", s3),
                        Map.of("store.s3.bucket", "bench"))) {
                    lists(new RouteObjectStore(routes::context), client, line, count);
                }
            }
        }
        queries(10_000);
        queries(100_000);
        System.exit(kept ? 0 : 1);
    }

    private static void put(S3Client client, int number) {
        Tags tags = tags(number);
        client.putObject(
                put -> put.bucket("bench")
                        .key(NAME.format(FIRST.plusSeconds(number * 3600L)))
                        .metadata(Map.of(Tags.METADATA_KEY, tags.encode())),
                RequestBody.fromString("x"));
    }

    private static Tags tags(int number) {
        Instant time = FIRST.plusSeconds(number * 3600L);
        return Tags.of(Map.of(
                "heritage",
                "shop",
                "ulid",
                UlidCreator.getUlid(time.toEpochMilli()).toString(),
                "namespace",
                number % 2 == 0 ? "prod-eu" : "dev-eu",
                "tier",
                "app"));
    }

    private static void lists(ObjectStore store, S3Client client, ChaosProxy line, int count) {
        try (Catalog catalog = new Catalog(
                store, new Settings.Objects("shop", "shop", Tags.NONE), false, ZoneOffset.UTC, Clock.systemUTC())) {
            OUT.printf("%n  %-34s %8s %8s %8s %8s%n", count + " objects in S3", "ms", "LIST", "HEAD", "entries");
            long before = usedBytes();
            list("first list", catalog, line, count, count);
            long bytes = (usedBytes() - before) / count;
            list("second list", catalog, line, count, 0);
            put(client, count);
            list("after one more backup", catalog, line, count + 1, 1);
            OUT.printf("%n  memory: %d bytes of heap for each object%n", bytes);
        }
    }

    private static void list(String what, Catalog catalog, ChaosProxy line, int entries, int heads) {
        int from = line.requests().size();
        long start = System.nanoTime();
        int seen = catalog.refresh().entries().size();
        double ms = (System.nanoTime() - start) / 1e6;
        List<String> requests = line.requests().subList(from, line.requests().size());
        long headed =
                requests.stream().filter(request -> request.startsWith("HEAD")).count();
        OUT.printf("  %-34s %8.0f %8d %8d %8d%n", what, ms, requests.size() - headed, headed, seen);
        kept &= seen == entries && headed == heads;
    }

    private static void queries(int count) {
        List<CatalogEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Tags tags = tags(i).with("daily", "true");
            Instant time = FIRST.plusSeconds(i * 3600L);
            entries.add(new CatalogEntry(
                    new io.mgnlbackup.store.StoredObject(
                            new io.mgnlbackup.store.ObjectKey(NAME.format(time)), 1, time, "e", Optional.empty()),
                    tags,
                    time));
        }
        Supplier<Integer> query = () -> new Selection(TagQuery.parse(QUERY), Optional.empty(), Optional.empty())
                .of(entries)
                .size();
        double best = Double.MAX_VALUE;
        double worst = 0;
        for (int round = 0; round < 25; round++) {
            long start = System.nanoTime();
            kept &= query.get() == count / 2;
            double ms = (System.nanoTime() - start) / 1e6;
            if (round >= 5) { // the first rounds are Java's to warm up
                best = Math.min(best, ms);
                worst = Math.max(worst, ms);
            }
        }
        OUT.printf("  query over %7d entries: %.1f to %.1f ms%n", count, best, worst);
        kept &= count > 100_000 || best < MOST_QUERY_MS;
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
