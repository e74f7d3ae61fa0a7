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

    private final Runnable preparation;
    private final Catalog catalog;
    private final ObjectStore store;
    private final String nothingsPrefix;
    private boolean prepared;

    /**
     * Not yet prepared.
     *
     * @param preparation what this kind of store needs; throws {@link io.mgnlbackup.store.StoreException} when it does not answer
     */
    public StoreStart(Runnable preparation, Catalog catalog, ObjectStore store, String prefix) {
        this.preparation = preparation;
        this.catalog = catalog;
        this.store = store;
        this.nothingsPrefix = prefix + "~health-check";
    }

    /** Prepares the store unless that has been done, and looks into it for the first time. */
    public synchronized void prepare() {
        if (!prepared) {
            preparation.run();
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
