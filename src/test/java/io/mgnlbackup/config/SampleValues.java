package io.mgnlbackup.config;

import java.util.EnumMap;
import java.util.Map;

/** For each setting a value that is accepted and is not the default. A new setting needs a line here. */
public final class SampleValues {

    private static final Map<SettingKey, String> SAMPLES = new EnumMap<>(SettingKey.class);

    static {
        SAMPLES.put(SettingKey.CMD, "pg_dumpall");
        SAMPLES.put(SettingKey.ARGS, "-h,localhost,-U,magnolia");
        SAMPLES.put(SettingKey.CRON, "30 3 * * *");
        SAMPLES.put(SettingKey.DUMP_TIMEOUT, "90m");
        SAMPLES.put(SettingKey.GZIP_LEVEL, "1");
        SAMPLES.put(SettingKey.GZIP_THREADS, "7");
        SAMPLES.put(SettingKey.PREFIX, "prod/shop");
        SAMPLES.put(SettingKey.HERITAGE, "shop");
        SAMPLES.put(SettingKey.CYCLE, "7,5,12");
        SAMPLES.put(SettingKey.KEEPDAYS, "30");
        SAMPLES.put(SettingKey.FILE_DIR, "/backups");
        SAMPLES.put(SettingKey.BUCKET, "shop-backups");
        SAMPLES.put(SettingKey.S3_ACCESSKEY, "AKIDEXAMPLE");
        SAMPLES.put(SettingKey.S3_SECRETKEY, "wJalrXUtnFEMI");
        SAMPLES.put(SettingKey.S3_ENDPOINT, "s3.eu-central-1.amazonaws.com");
        SAMPLES.put(SettingKey.S3_INSECURE, "true");
        SAMPLES.put(SettingKey.S3_REGION, "eu-central-1");
        SAMPLES.put(SettingKey.S3_PUBLIC_ENDPOINT, "https://s3.example.com");
        SAMPLES.put(SettingKey.S3_PART_SIZE, "16MiB");
        SAMPLES.put(SettingKey.S3_PARTS_IN_FLIGHT, "5");
        SAMPLES.put(SettingKey.GCS_PROJECTID, "shop-123");
        SAMPLES.put(SettingKey.GCS_LOCATION, "EU");
        SAMPLES.put(SettingKey.GCS_LOCATION_TYPE, "multi-region");
        SAMPLES.put(SettingKey.GOOGLE_APPLICATION_CREDENTIALS, "/keys/gcs.json");
        SAMPLES.put(SettingKey.GCS_ENDPOINT, "storage-shop.p.googleapis.com");
        SAMPLES.put(SettingKey.GCS_IAM_ENDPOINT, "iamcredentials-shop.p.googleapis.com");
        SAMPLES.put(SettingKey.GCS_CHUNK_SIZE, "16MiB");
        SAMPLES.put(SettingKey.USE_PG_WAL, "true");
        SAMPLES.put(SettingKey.SYNC_DIR, "src/main/resources");
        SAMPLES.put(SettingKey.WAL_UPLOADS, "7");
        SAMPLES.put(SettingKey.DATASOURCE, "https://s3.example.com/shop/restore.json?X-Amz-Signature=0123");
        SAMPLES.put(SettingKey.PGDATA, "/var/lib/postgresql/data");
        SAMPLES.put(SettingKey.ADDRESS, "127.0.0.1:8080");
        SAMPLES.put(SettingKey.PUBLIC_URL, "https://backup.example.com");
        SAMPLES.put(SettingKey.USERS, "ops:write:sha256:" + "0".repeat(64));
        SAMPLES.put(SettingKey.OPEN, "true");
        SAMPLES.put(SettingKey.MAX_CONNECTIONS, "64");
        SAMPLES.put(SettingKey.MAX_DOWNLOADS, "4");
        SAMPLES.put(SettingKey.REQUEST_TIMEOUT, "5s");
        SAMPLES.put(SettingKey.STALL_TIMEOUT, "1h");
        SAMPLES.put(SettingKey.READONLY, "true");
        SAMPLES.put(SettingKey.IGNORE_HERITAGE, "true");
        SAMPLES.put(SettingKey.ROUTES_DIR, "src/main/resources");
        SAMPLES.put(SettingKey.STOP_TIMEOUT, "5s");
        SAMPLES.put(SettingKey.LOGLEVEL, "debug");
        SAMPLES.put(SettingKey.TZ, "Europe/Zurich");
    }

    private SampleValues() {}

    /** The sample of a setting. */
    public static String of(SettingKey key) {
        String sample = SAMPLES.get(key);
        if (sample == null) {
            throw new IllegalArgumentException("SampleValues has no line for " + key);
        }
        return sample;
    }
}
