package io.mgnlbackup.wal;

import io.mgnlbackup.postgres.WalFileName;

/** Is told what becomes of WAL files, for metrics; must not throw and must be quick. */
public interface WalListener {

    /** The store has confirmed a file. */
    void archived(WalFileName name);

    /** A file could not be stored or is not what it should be. */
    void failed();
}
