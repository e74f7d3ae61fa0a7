package io.mgnlbackup.fuzz;

import io.mgnlbackup.access.AccessFuzz;
import io.mgnlbackup.basebackup.BaseBackupFuzz;
import io.mgnlbackup.catalog.CatalogFuzz;
import io.mgnlbackup.cli.CliFuzz;
import io.mgnlbackup.config.ConfigFuzz;
import io.mgnlbackup.format.FormatFuzz;
import io.mgnlbackup.http.HttpFuzz;
import io.mgnlbackup.logging.LogFuzz;
import io.mgnlbackup.page.PageFuzz;
import io.mgnlbackup.postgres.PostgresFuzz;
import io.mgnlbackup.process.ProcessFuzz;
import io.mgnlbackup.query.QueryFuzz;
import io.mgnlbackup.restore.RestoreFuzz;
import io.mgnlbackup.route.RouteFuzz;
import io.mgnlbackup.schedule.ScheduleFuzz;
import io.mgnlbackup.store.StoreFuzz;
import io.mgnlbackup.store.local.LocalFuzz;
import io.mgnlbackup.verify.VerifyFuzz;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every target by its name, which is also the name of the folder with its seeds. */
final class FuzzTargets {

    /** Has a bug on purpose, to see that a bug is found; not among the targets. */
    static final String PLANTED = "planted-bug";

    private static final SortedMap<String, FuzzTarget> ALL = new TreeMap<>();

    static {
        Stream.of(
                        AccessFuzz.targets(),
                        BaseBackupFuzz.targets(),
                        CatalogFuzz.targets(),
                        CliFuzz.targets(),
                        ConfigFuzz.targets(),
                        FormatFuzz.targets(),
                        HttpFuzz.targets(),
                        LocalFuzz.targets(),
                        LogFuzz.targets(),
                        PageFuzz.targets(),
                        PostgresFuzz.targets(),
                        ProcessFuzz.targets(),
                        QueryFuzz.targets(),
                        RestoreFuzz.targets(),
                        RouteFuzz.targets(),
                        ScheduleFuzz.targets(),
                        StoreFuzz.targets(),
                        VerifyFuzz.targets())
                .map(Map::entrySet)
                .flatMap(entries -> entries.stream())
                .forEach(entry -> ALL.put(entry.getKey(), new Bounded(entry.getValue())));
    }

    private FuzzTargets() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    static FuzzTarget named(String name) {
        FuzzTarget target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException("there is no target '" + name + "', but " + names());
        }
        return target;
    }
}
