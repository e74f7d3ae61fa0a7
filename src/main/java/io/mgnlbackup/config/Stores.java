package io.mgnlbackup.config;

import io.mgnlbackup.config.StoreSettings.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses the target and reads its settings: Google Cloud Storage, else the folder, else S3; none is a problem. */
final class Stores {

    private static final long LEAST_PART_BYTES = 5L << 20;
    private static final long MOST_PART_BYTES = 1L << 30;

    /** Amazon S3 User Guide, "Amazon S3 endpoints"; the older form has a hyphen in front of the region. */
    private static final Pattern AMAZON =
            Pattern.compile("s3[.-]([a-z]+(?:-[a-z]+)+-[0-9]+)\\.amazonaws\\.com(?:\\.cn)?");

    private static final URI STAND_IN = URI.create("http://localhost");

    private final Values values;
    private final Findings findings;

    Stores(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /** The target; a stand-in where there is none, which is a problem. */
    StoreSettings read() {
        StoreSettings.S3 s3 = s3();
        if (values.isSet(SettingKey.GCS_PROJECTID)) {
            findings.problem(values.get(SettingKey.GCS_PROJECTID).label()
                    + ": Google Cloud Storage is not supported by this version; unset it and give "
                    + SettingKey.BUCKET.variable() + " or " + SettingKey.FILE_DIR.variable());
            return s3;
        }
        if (values.isSet(SettingKey.FILE_DIR)) {
            return folder();
        }
        if (values.isSet(SettingKey.BUCKET)) {
            return s3;
        }
        findings.problem("no target is configured: give " + SettingKey.BUCKET.variable() + " for S3 or "
                + SettingKey.FILE_DIR.variable() + " for a local folder");
        return s3;
    }

    private StoreSettings.Local folder() {
        if (values.get(SettingKey.BUCKET).isGiven()) {
            findings.warning(values.get(SettingKey.FILE_DIR).label() + " beats "
                    + values.get(SettingKey.BUCKET).label() + ": backups go to the folder, not to the bucket");
        }
        return new StoreSettings.Local(values.parse(SettingKey.FILE_DIR, Path.of(""), Path::of));
    }

    private StoreSettings.S3 s3() {
        String scheme = values.isOn(SettingKey.S3_INSECURE) ? "http" : "https";
        URI endpoint = values.parse(SettingKey.S3_ENDPOINT, STAND_IN, text -> ServiceUrl.endpoint(text, scheme));
        if (scheme.equals("http") && endpoint.getScheme().equals("https")) {
            findings.warning(values.get(SettingKey.S3_INSECURE).label() + " has no effect: "
                    + values.get(SettingKey.S3_ENDPOINT).label() + " says https");
        }
        return new StoreSettings.S3(
                values.parseIfSet(SettingKey.BUCKET, Stores::bucket).orElse(""),
                endpoint,
                values.parseIfSet(SettingKey.S3_PUBLIC_ENDPOINT, text -> ServiceUrl.endpoint(text, scheme)),
                regionAt(endpoint),
                credentials(),
                values.parse(SettingKey.S3_PART_SIZE, 0, Stores::partBytes),
                values.number(SettingKey.S3_PARTS_IN_FLIGHT, 1, 64));
    }

    private Optional<Credentials> credentials() {
        boolean access = values.isSet(SettingKey.S3_ACCESSKEY);
        boolean secret = values.isSet(SettingKey.S3_SECRETKEY);
        if (access != secret) {
            SettingKey there = access ? SettingKey.S3_ACCESSKEY : SettingKey.S3_SECRETKEY;
            SettingKey missing = access ? SettingKey.S3_SECRETKEY : SettingKey.S3_ACCESSKEY;
            findings.problem(
                    missing.variable() + " is not set but " + values.get(there).label()
                            + " is: give both keys, or none for the default credential chain of AWS");
            return Optional.empty();
        }
        Optional<String> accessKey = values.parseIfSet(SettingKey.S3_ACCESSKEY, Stores::key);
        Optional<String> secretKey = values.parseIfSet(SettingKey.S3_SECRETKEY, Stores::key);
        return accessKey.flatMap(name -> secretKey.map(word -> new Credentials(name, new Secret(word))));
    }

    private static String key(String text) {
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new Rejected("it has a blank, a line break or a character outside ASCII");
        }
        return text;
    }

    private static String bucket(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]") || text.contains("..")) {
            throw new Rejected("not the name of a bucket");
        }
        return text;
    }

    /** The region; where none is given and the endpoint is Amazon's for one, that: in any other it does not find the bucket. */
    private String regionAt(URI endpoint) {
        String region = values.parse(SettingKey.S3_REGION, "", Stores::region);
        Matcher amazon = AMAZON.matcher(String.valueOf(endpoint.getHost()));
        return !values.get(SettingKey.S3_REGION).isGiven() && amazon.matches() ? amazon.group(1) : region;
    }

    private static String region(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
            throw new Rejected("not the name of a region");
        }
        return text;
    }

    private static int partBytes(String text) {
        long bytes = ByteSize.parse(text);
        if (bytes < LEAST_PART_BYTES || bytes > MOST_PART_BYTES) {
            throw new Rejected("not between 5MiB and 1GiB");
        }
        return Math.toIntExact(bytes);
    }
}
