package io.mgnlbackup;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.local.LocalStore;
import java.time.Clock;
import java.util.Map;

/** The objects of the one store that is configured: what its route file calls, and how it is prepared. */
record StoreWiring(String routeFile, Map<String, Object> beans, StoreStart.Preparation preparation, long memoryBytes) {

    static StoreWiring of(Settings settings, Clock clock) {
        return new StoreWiring("store-local", Map.of("localStore", new LocalStore()), () -> {}, 0);
    }
}
