package io.mgnlbackup.faults;

import java.util.Locale;
import java.util.function.Predicate;

/** A kind of request to an S3 store, told by its first line. */
enum Place implements Predicate<String> {
    LOOK("GET .*list-type=2.*"),
    ASK("HEAD .*"),
    PUT("PUT /[^?]*/[^?]+ .*"),
    BEGIN("POST .*[?&]uploads.*"),
    PART("PUT .*partNumber=.*"),
    COMPLETE("POST .*uploadId=.*"),
    ABORT("DELETE .*uploadId=.*"),
    BASE("PUT .*-basebackup\\.tar\\.gz .*"),
    META("PUT .*-bundle\\.json\\.gz .*"),
    WAL("PUT .*-txlog\\.tar\\.gz .*"),
    BUNDLE("PUT .*-restore\\.json .*"),
    SWEEP("POST .*[?&]delete.*"),
    ANY(".*");

    private final String line;

    Place(String line) {
        this.line = line;
    }

    @Override
    public boolean test(String requestLine) {
        return requestLine.matches(line);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
