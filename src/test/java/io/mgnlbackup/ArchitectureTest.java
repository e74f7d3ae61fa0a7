package io.mgnlbackup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Imports point one way: http, cli -> features -> catalog -> store. */
class ArchitectureTest {

    private static final String[] FEATURES = {
        "io.mgnlbackup.dump..",
        "io.mgnlbackup.schedule..",
        "io.mgnlbackup.compress..",
        "io.mgnlbackup.retention..",
        "io.mgnlbackup.wal..",
        "io.mgnlbackup.basebackup..",
        "io.mgnlbackup.bundle..",
        "io.mgnlbackup.restore..",
        "io.mgnlbackup.verify.."
    };

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.mgnlbackup");

    @Test
    void onlyTheAdaptersKnowCamel() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.mgnlbackup.route..")
                .and()
                .doNotHaveSimpleName("Wiring")
                .and()
                .doNotHaveSimpleName("Sidecar")
                .and()
                .resideOutsideOfPackage("io.mgnlbackup")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(OURS);
    }

    @Test
    void featuresDoNotKnowEachOther() {
        for (String feature : FEATURES) {
            for (String other : FEATURES) {
                if (!feature.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(feature)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(other)
                            .allowEmptyShould(true)
                            .check(OURS);
                }
            }
        }
    }

    @Test
    void featuresDoNotKnowTheEdge() {
        noClasses()
                .that()
                .resideInAnyPackage(FEATURES)
                .or()
                .resideInAnyPackage(
                        "io.mgnlbackup.catalog..",
                        "io.mgnlbackup.store..",
                        "io.mgnlbackup.config..",
                        "io.mgnlbackup.problem..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mgnlbackup.http..",
                        "io.mgnlbackup.cli..",
                        "io.mgnlbackup.route..",
                        "io.mgnlbackup.metrics..")
                .check(OURS);
    }

    @Test
    void theStoreKnowsNothingOfWhatItHolds() {
        noClasses()
                .that()
                .resideInAPackage("io.mgnlbackup.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mgnlbackup.catalog..",
                        "io.mgnlbackup.dump..",
                        "io.mgnlbackup.schedule..",
                        "io.mgnlbackup.compress..",
                        "io.mgnlbackup.retention..")
                .check(OURS);
    }

    @Test
    void theCatalogKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("io.mgnlbackup.catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .check(OURS);
    }

    @Test
    void problemsNeedNothingOfOurs() {
        classes()
                .that()
                .resideInAPackage("io.mgnlbackup.problem..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.mgnlbackup.problem..", "java..", "org.jspecify..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.mgnlbackup.(**)").should().beFreeOfCycles().check(OURS);
    }
}
