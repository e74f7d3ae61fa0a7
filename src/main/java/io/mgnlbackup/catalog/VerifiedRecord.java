package io.mgnlbackup.catalog;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What the one object is called in which it stands what was verified and when: no backup, so it is in no list (docs/format.md). */
public final class VerifiedRecord {

    private static final String SUFFIX = "-verified.json.gz";
    private static final int HERITAGE_DIGITS = 8;

    private VerifiedRecord() {}

    /** The key of ours. Heritages that share a bucket may share a prefix too, so it has a sum of the heritage in it. */
    public static ObjectKey key(Settings.Objects objects) {
        MessageDigest digest = Sha256.begin();
        digest.update(objects.heritage().getBytes(StandardCharsets.UTF_8));
        String heritage = Sha256.end(digest).substring(0, HERITAGE_DIGITS);
        return new ObjectKey((objects.prefix().isEmpty() ? "" : objects.prefix() + "-") + heritage + SUFFIX);
    }

    /** Whether an object of this name is a record, ours or another heritage's. */
    static boolean is(ObjectKey key) {
        return key.value().endsWith(SUFFIX);
    }
}
