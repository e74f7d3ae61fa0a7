package io.mgnlbackup;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.metrics.Health;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectStore;

/**
 * Gets the store ready once after a start: makes the bucket or folder where it is missing, and removes what a killed process left behind.
 * A store that does not answer is asked again later.
 */
public final class StoreStart {

    /** What one kind of store needs. */
    @FunctionalInterface
    public interface Preparation {
        /** Throws {@link io.mgnlbackup.store.StoreException} when the store does not answer or refuses. */
        void prepare();
    }

    private final Preparation preparation;
    private final Catalog catalog;
    private final ObjectStore store;
    private final String nothingsPrefix;
    private boolean prepared;

    /** Not yet prepared. */
    public StoreStart(Preparation preparation, Catalog catalog, ObjectStore store, String prefix) {
        this.preparation = preparation;
        this.catalog = catalog;
        this.store = store;
        this.nothingsPrefix = prefix + "~health-check";
    }

    /** Prepares the store unless that has been done, and looks into it for the first time. */
    public synchronized void prepare() {
        if (!prepared) {
            preparation.prepare();
            catalog.refresh();
            prepared = true;
        }
    }

    /** Whether the store answers now; costs one small listing. */
    public Health.Check health() {
        try {
            store.list(ListRequest.first(nothingsPrefix));
            return Health.Check.UP;
        } catch (Problem e) {
            return Health.Check.down(e.getMessage());
        }
    }
}
