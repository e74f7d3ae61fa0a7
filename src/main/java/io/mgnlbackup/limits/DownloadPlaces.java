package io.mgnlbackup.limits;

import java.util.concurrent.Semaphore;

/** Places for downloads through the sidecar: each holds a connection and a file, and that of a bundle a thread and one of the store. */
public final class DownloadPlaces {

    /** Bundles at a time: each takes a thread and some buffers. */
    public static final int MOST_BUNDLES = 4;

    private final Semaphore places;
    private final Semaphore bundles;

    /** So many of both kinds together. */
    public DownloadPlaces(int most) {
        places = new Semaphore(most);
        bundles = new Semaphore(Math.min(most, MOST_BUNDLES));
    }

    /** Takes a place for a file; false when there is none. */
    public boolean takeFile() {
        return places.tryAcquire();
    }

    /** Gives back the place of a file. */
    public void giveFile() {
        places.release();
    }

    /** Takes a place for a bundle; false when there is none. */
    public boolean takeBundle() {
        if (!bundles.tryAcquire()) {
            return false;
        }
        if (!places.tryAcquire()) {
            bundles.release();
            return false;
        }
        return true;
    }

    /** Gives back the place of a bundle. */
    public void giveBundle() {
        places.release();
        bundles.release();
    }
}
