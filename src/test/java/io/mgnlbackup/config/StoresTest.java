package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {

    @Test
    void neverFallsBackToADiskWhenNoTargetIsGiven() {
        assertThat(Reading.ofNothing()
                        .variable(SettingKey.CMD, "pg_dump")
                        .read()
                        .problems())
                .containsExactly(
                        "no target is configured: give MGNLBACKUP_BUCKET for S3, also MGNLBACKUP_GCS_PROJECTID for Google Cloud Storage, or MGNLBACKUP_FILE_DIR for a local folder");
    }

    @Test
    void prefersTheFolderToTheBucketAndSaysSo() {
        Configuration configuration =
                Reading.ofMinimum().variable(SettingKey.FILE_DIR, "/backups").read();

        assertThat(configuration.settings().store()).isEqualTo(new StoreSettings.Local(Path.of("/backups")));
        assertThat(configuration.warnings())
                .containsExactly(
                        "MGNLBACKUP_FILE_DIR beats MGNLBACKUP_BUCKET: backups go to the folder, not to the bucket");
    }

    @ParameterizedTest
    @CsvSource({
        "minio:9000, false, https://minio:9000",
        "minio:9000, true, http://minio:9000",
        "s3.amazonaws.com, false, https://s3.amazonaws.com",
        "http://minio:9000, false, http://minio:9000", // a scheme says more than the switch
        "HTTPS://s3.example.com/, false, https://s3.example.com",
        "https://example.com/s3/, false, https://example.com/s3",
        "[::1]:9000, true, http://[::1]:9000",
        "10.0.0.7:9000, true, http://10.0.0.7:9000",
    })
    void makesAUrlOfTheEndpoint(String endpoint, String insecure, URI url) {
        assertThat(s3(Reading.ofMinimum()
                                .variable(SettingKey.S3_ENDPOINT, endpoint)
                                .variable(SettingKey.S3_INSECURE, insecure))
                        .endpoint())
                .isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my_minio:9000", // Java and the SDK take no underscore in a host name
                "minio:0",
                "minio:99999",
                "minio:port",
                "ftp://minio",
                "://minio",
                "https://minio?x=1",
                "https://minio#x",
                "two words"
            })
    void refusesAnEndpointThatCannotBeReached(String endpoint) {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.S3_ENDPOINT, endpoint)
                        .read()
                        .problems())
                .singleElement()
                .asString()
                .startsWith("MGNLBACKUP_S3_ENDPOINT: '" + endpoint + "' is not accepted (");
    }

    @ParameterizedTest
    @CsvSource({
        "s3.eu-central-1.amazonaws.com, eu-central-1",
        "https://s3.us-gov-west-1.amazonaws.com, us-gov-west-1",
        "s3-eu-west-1.amazonaws.com, eu-west-1",
        "s3.cn-north-1.amazonaws.com.cn, cn-north-1",
        "s3.amazonaws.com, us-east-1",
        "s3-accelerate.amazonaws.com, us-east-1",
        "s3.eu-central-1.amazonaws.com.example.org, us-east-1", // somebody else's
        "s3.eu-central-1.wasabisys.com, us-east-1",
    })
    void takesTheRegionFromAnEndpointOfAmazonUnlessOneIsGiven(String endpoint, String region) {
        assertThat(s3(Reading.ofMinimum().variable(SettingKey.S3_ENDPOINT, endpoint))
                        .region())
                .isEqualTo(region);
        assertThat(s3(Reading.ofMinimum()
                                .variable(SettingKey.S3_ENDPOINT, endpoint)
                                .variable(SettingKey.S3_REGION, "eu-south-2"))
                        .region())
                .isEqualTo("eu-south-2");
    }

    @Test
    void warnsWhenTheEndpointContradictsTheSwitch() {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.S3_ENDPOINT, "https://minio:9000")
                        .variable(SettingKey.S3_INSECURE, "true")
                        .read()
                        .warnings())
                .containsExactly("MGNLBACKUP_S3_INSECURE has no effect: MGNLBACKUP_S3_ENDPOINT says https");
    }

    @ParameterizedTest
    @CsvSource({"S3_ACCESSKEY, S3_SECRETKEY", "S3_SECRETKEY, S3_ACCESSKEY"})
    void wantsBothKeysOrNone(SettingKey there, SettingKey missing) {
        assertThat(Reading.ofMinimum().variable(there, "hunter2").read().problems())
                .containsExactly(missing.variable() + " is not set but " + there.variable()
                        + " is: give both keys, or none for the default credential chain of AWS");
    }

    @Test
    void forgivesTheLineEndThatEncodingASecretWithEchoLeaves() {
        StoreSettings.S3 s3 = s3(Reading.ofMinimum()
                .variable(SettingKey.S3_ACCESSKEY, "AKID\n")
                .variable(SettingKey.S3_SECRETKEY, "hunter2\n"));

        assertThat(s3.credentials()).contains(new StoreSettings.Credentials("AKID", new Secret("hunter2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "my.bucket-1", "Old_Bucket", "0123456789"})
    void takesNamesThatBucketsHave(String name) {
        assertThat(s3(Reading.ofMinimum().variable(SettingKey.BUCKET, name)).bucket())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a/b", "-abc", "abc-", "a..b", "two words", "s3://bucket", "bücket"})
    void refusesNamesThatNoBucketHas(String name) {
        assertThat(Reading.ofMinimum().variable(SettingKey.BUCKET, name).read().problems())
                .singleElement()
                .asString()
                .startsWith("MGNLBACKUP_BUCKET: '" + name + "' is not accepted");
    }

    @ParameterizedTest
    @CsvSource({"5MiB, 5242880", "8388608, 8388608", "1GiB, 1073741824", "6 MB, 6000000"})
    void readsThePartSize(String text, int bytes) {
        assertThat(s3(Reading.ofMinimum().variable(SettingKey.S3_PART_SIZE, text))
                        .partBytes())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5MB", "2GiB", "8M", "-8MiB", "many", "999999999999GiB"})
    void refusesPartsThatS3OrTheMemoryCannotTake(String text) {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.S3_PART_SIZE, text)
                        .read()
                        .problems())
                .singleElement()
                .asString()
                .startsWith("MGNLBACKUP_S3_PART_SIZE: '" + text + "' is not accepted (");
    }

    @Test
    void takesGoogleCloudStorageWhateverElseIsSet() {
        Configuration configuration = Reading.ofMinimum()
                .variable(SettingKey.BUCKET, "shop-backups")
                .variable(SettingKey.FILE_DIR, "/backups")
                .variable(SettingKey.GCS_PROJECTID, "shop-123")
                .read();

        assertThat(configuration.settings().store())
                .isEqualTo(new StoreSettings.Gcs(
                        "shop-123",
                        "shop-backups",
                        "EUROPE-WEST6",
                        "region",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        8 << 20));
        assertThat(configuration.warnings())
                .containsExactly(
                        "MGNLBACKUP_GCS_PROJECTID beats MGNLBACKUP_FILE_DIR: backups go to the bucket, not to the folder");
    }

    @Test
    void takesEverySettingOfGoogleCloudStorage() {
        Reading reading = Reading.ofMinimum().variable(SettingKey.BUCKET, "shop-backups");
        SettingKey.of(SettingGroup.GCS).forEach(key -> reading.variable(key, SampleValues.of(key)));

        assertThat(reading.settings().store())
                .isEqualTo(new StoreSettings.Gcs(
                        "shop-123",
                        "shop-backups",
                        "EU",
                        "multi-region",
                        Optional.of(Path.of("/keys/gcs.json")),
                        Optional.of(URI.create("https://storage-shop.p.googleapis.com")),
                        Optional.of(URI.create("https://iamcredentials-shop.p.googleapis.com")),
                        16 << 20));
    }

    @Test
    void wantsABucketForGoogleCloudStorage() {
        assertThat(Reading.ofNothing()
                        .variable(SettingKey.CMD, "pg_dump")
                        .variable(SettingKey.GCS_PROJECTID, "shop-123")
                        .read()
                        .problems())
                .containsExactly(
                        "MGNLBACKUP_GCS_PROJECTID selects Google Cloud Storage but MGNLBACKUP_BUCKET is not set: give the bucket");
    }

    @ParameterizedTest
    @CsvSource({
        "GCS_CHUNK_SIZE, 300KiB",
        "GCS_CHUNK_SIZE, 0",
        "GCS_CHUNK_SIZE, 1GiB",
        "GCS_LOCATION, the moon",
        "GCS_LOCATION_TYPE, planet",
        "GCS_PROJECTID, Shop 123",
        "GCS_ENDPOINT, ftp://storage",
    })
    void refusesWhatGoogleDoesNotTake(SettingKey key, String value) {
        assertThat(Reading.ofMinimum()
                        .variable(SettingKey.GCS_PROJECTID, "shop-123")
                        .variable(key, value)
                        .read()
                        .problems())
                .singleElement()
                .asString()
                .startsWith("MGNLBACKUP_" + key + ": '" + value + "' is not accepted");
    }

    private static StoreSettings.S3 s3(Reading reading) {
        return (StoreSettings.S3) reading.settings().store();
    }
}
