package io.mgnlbackup.docs;

import io.mgnlbackup.docs.MarkdownPage.Block;
import java.util.List;
import java.util.Optional;

/**
 * The commands of the pages that {@link DocsIT} does not run, each with what covers it instead.
 *
 * @param page relative to the root of the repository
 * @param text what the block contains; empty for every block of the page
 * @param coveredBy a file that does the same, or the reason why nothing here can
 */
record NotRunHere(String page, String text, String coveredBy) {

    /** A page that is not there, since it belongs to a feature that came later, does no harm. */
    static final List<NotRunHere> ALL = List.of(
            new NotRunHere("README.md", "script/demo", "src/test/java/io/mgnlbackup/DemoIT.java"),
            new NotRunHere(
                    "docs/restore.md",
                    "000000010000000000000006 is missing",
                    "src/test/java/io/mgnlbackup/restore/PitrIT.java"), // which loses a segment
            // There is no Docker either.
            new NotRunHere("docs/restore.md", "docker compose", "src/test/java/io/mgnlbackup/deploy/ComposeTest.java"),
            new NotRunHere("CONTRIBUTING.md", "", "the build and the tests themselves; what CI runs is .ci/run"),
            // It shows something broken.
            new NotRunHere("docs/verify.md", "", "src/test/java/io/mgnlbackup/verify/VerifyIT.java"),
            new NotRunHere("docs/security.md", "--cacert", "src/test/java/io/mgnlbackup/route/PortTlsIT.java"),
            new NotRunHere("docs/image.md", "", "script/image-test"),
            new NotRunHere("docs/monitoring.md", "", "src/test/java/io/mgnlbackup/deploy/MonitoringIT.java"),
            // There is no Kubernetes where the tests run: the manifests are checked without one.
            new NotRunHere("docs/kubernetes.md", "", "src/test/java/io/mgnlbackup/deploy/KubernetesTest.java"),
            new NotRunHere("docs/gcs.md", "", "the tests of store.gcs"),
            // Google's client cannot be installed from the registries at hand.
            new NotRunHere(
                    "docs/format.md", "gcloud storage", "src/test/java/io/mgnlbackup/dump/DatabaseToGcsIT.java"));

    /** Why this block is not run, if so. */
    static Optional<NotRunHere> find(Block block) {
        return ALL.stream()
                .filter(entry -> entry.page.equals(block.page()) && block.text().contains(entry.text))
                .findFirst();
    }
}
