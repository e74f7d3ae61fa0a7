package io.mgnlbackup.store.s3;

/**
 * How large the parts of an upload are: so large that 5 TiB fit into 10,000 parts (Amazon S3 User Guide, "Multipart upload limits"),
 * and so small that little of an object is in memory.
 *
 * <p>Nobody knows the length of a dump before its end, so parts grow with their number: part <i>n</i> has {@code partBytes}, or
 * 17 <i>n</i>² bytes rounded up to whole buffers of {@code partBytes} where that is more. Memory is {@code partsInFlight} buffers, and
 * more only once a single part needs more. With 8 MiB and 4 in flight an upload takes 32 MiB up to an object of 19 GiB, 112 MiB at
 * 100 GiB, 544 MiB at 1 TiB and 1.6 GiB at 5 TiB. Larger {@code partBytes} put that off: with 64 MiB it is 256 MiB up to 700 GiB.
 *
 * @param partBytes size of a buffer and of the first parts
 * @param partsInFlight buffers in use at the same time while a part is one buffer
 */
record PartPlan(int partBytes, int partsInFlight) {

    /** Parts that an upload may have. */
    static final int MAX_PARTS = 10_000;

    private static final long GROWTH = 17;

    /** Checks the numbers. */
    PartPlan {
        if (partBytes < 1 || partsInFlight < 1) {
            throw new IllegalArgumentException("parts have bytes, and at least one is in flight");
        }
    }

    /** How many buffers the part of this number, counted from 1, fills. */
    int buffersOf(int number) {
        long bytes = GROWTH * number * number;
        return Math.max(1, Math.toIntExact((bytes + partBytes - 1) / partBytes));
    }

    /** How many buffers may be in use while the part of this number is read. */
    int buffersInUse(int number) {
        return Math.max(partsInFlight, buffersOf(number));
    }

    /** The most memory that the buffers of an upload of so many bytes take. */
    long memoryBytes(long objectBytes) {
        long sent = 0;
        int number = 0;
        while (sent < objectBytes && number < MAX_PARTS) {
            number++;
            sent += (long) buffersOf(number) * partBytes;
        }
        return (long) buffersInUse(Math.max(number, 1)) * partBytes;
    }
}
