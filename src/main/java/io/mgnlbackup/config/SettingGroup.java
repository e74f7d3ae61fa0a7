package io.mgnlbackup.config;

/** Settings that belong together: a heading in the help and in docs/configuration.md. */
public enum SettingGroup {
    DUMP("The dump and its schedule"),
    OBJECTS("What backups are called and how long they stay"),
    VERIFY("Verification"),
    FOLDER("Target: a local folder"),
    S3("Target: S3 and compatible services"),
    GCS("Target: Google Cloud Storage"),
    WAL("PostgreSQL WAL mode"),
    CONNECTIONS("TLS, certificates and proxies"),
    SERVER("The sidecar itself");

    private final String title;

    SettingGroup(String title) {
        this.title = title;
    }

    /** The heading. */
    public String title() {
        return title;
    }
}
