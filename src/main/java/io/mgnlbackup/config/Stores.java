package io.mgnlbackup.config;

import io.mgnlbackup.config.StoreSettings.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses the target and reads its settings: Google Cloud Storage, else the folder, else S3; none is a problem. */
final class Stores {

    private static final long LEAST_PART_BYTES = 5L << 20;
    private static final long MOST_PART_BYTES = 1L << 30;
    private static final long CHUNK_UNIT_BYTES = 256L << 10;
    private static final long MOST_CHUNK_BYTES = 256L << 20;

    /** Amazon S3 User Guide, "Amazon S3 endpoints"; the older form has a hyphen in front of the region. */
    private static final Pattern AMAZON =
            Pattern.compile("s3[.-]([a-z]++(?:-[a-z]++)++-[0-9]++)\\.amazonaws\\.com(?:\\.cn)?");

    private static final URI STAND_IN = URI.create("http://localhost");

    private final Values values;
    private final Findings findings;

    Stores(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /** The target; a stand-in where there is none, which is a problem. */
    StoreSettings read() {
        String bucket = values.parseIfSet(SettingKey.BUCKET, Stores::bucket).orElse("");
        StoreSettings.S3 s3 = s3(bucket);
        StoreSettings.Gcs gcs = gcs(bucket);
        if (values.isSet(SettingKey.GCS_PROJECTID)) {
            return chosen(gcs);
        }
        if (values.isSet(SettingKey.FILE_DIR)) {
            return folder();
        }
        if (values.isSet(SettingKey.BUCKET)) {
            return s3;
        }
        findings.problem("no target is configured: give " + SettingKey.BUCKET.variable() + " for S3, also "
                + SettingKey.GCS_PROJECTID.variable() + " for Google Cloud Storage, or "
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

    private StoreSettings.S3 s3(String bucket) {
        String scheme = values.isOn(SettingKey.S3_INSECURE) ? "http" : "https";
        URI endpoint = values.parse(SettingKey.S3_ENDPOINT, STAND_IN, text -> ServiceUrl.endpoint(text, scheme));
        if (scheme.equals("http") && endpoint.getScheme().equals("https")) {
            findings.warning(values.get(SettingKey.S3_INSECURE).label() + " has no effect: "
                    + values.get(SettingKey.S3_ENDPOINT).label() + " says https");
        }
        return new StoreSettings.S3(
                bucket,
                endpoint,
                values.parseIfSet(SettingKey.S3_PUBLIC_ENDPOINT, text -> ServiceUrl.endpoint(text, scheme)),
                regionAt(endpoint),
                credentials(),
                values.parse(SettingKey.S3_PART_SIZE, 0, Stores::partBytes),
                values.number(SettingKey.S3_PARTS_IN_FLIGHT, 1, 64));
    }

    private StoreSettings.Gcs chosen(StoreSettings.Gcs gcs) {
        String label = values.get(SettingKey.GCS_PROJECTID).label();
        if (!values.isSet(SettingKey.BUCKET)) {
            findings.problem(label + " selects Google Cloud Storage but " + SettingKey.BUCKET.variable()
                    + " is not set: give the bucket");
        }
        if (values.get(SettingKey.FILE_DIR).isGiven()) {
            findings.warning(label + " beats " + values.get(SettingKey.FILE_DIR).label()
                    + ": backups go to the bucket, not to the folder");
        }
        return gcs;
    }

    private StoreSettings.Gcs gcs(String bucket) {
        return new StoreSettings.Gcs(
                values.parseIfSet(SettingKey.GCS_PROJECTID, Stores::projectId).orElse(""),
                bucket,
                values.parse(SettingKey.GCS_LOCATION, "", Stores::location),
                values.parse(SettingKey.GCS_LOCATION_TYPE, "", Stores::locationType),
                values.parseIfSet(SettingKey.GOOGLE_APPLICATION_CREDENTIALS, Path::of),
                values.parseIfSet(SettingKey.GCS_ENDPOINT, text -> ServiceUrl.endpoint(text, "https")),
                values.parseIfSet(SettingKey.GCS_IAM_ENDPOINT, text -> ServiceUrl.endpoint(text, "https")),
                values.parse(SettingKey.GCS_CHUNK_SIZE, 0, Stores::chunkBytes));
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

    private static String projectId(String text) {
        if (!text.matches("([a-z0-9.-]+:)?[a-z0-9][a-z0-9-]{0,62}")) {
            throw new Rejected("not the id of a project");
        }
        return text;
    }

    private static String location(String text) {
        if (!text.matches("[A-Za-z][A-Za-z0-9-]*")) {
            throw new Rejected("not the name of a location");
        }
        return text.toUpperCase(Locale.ROOT);
    }

    private static String locationType(String text) {
        String type = text.toLowerCase(Locale.ROOT);
        if (!type.matches("region|dual-region|multi-region")) {
            throw new Rejected("none of region, dual-region and multi-region");
        }
        return type;
    }

    private static int chunkBytes(String text) {
        long bytes = ByteSize.parse(text);
        if (bytes < CHUNK_UNIT_BYTES || bytes > MOST_CHUNK_BYTES || bytes % CHUNK_UNIT_BYTES != 0) {
            throw new Rejected("not a multiple of 256KiB up to 256MiB");
        }
        return Math.toIntExact(bytes);
    }

    private static int partBytes(String text) {
        long bytes = ByteSize.parse(text);
        if (bytes < LEAST_PART_BYTES || bytes > MOST_PART_BYTES) {
            throw new Rejected("not between 5MiB and 1GiB");
        }
        return Math.toIntExact(bytes);
    }
}
