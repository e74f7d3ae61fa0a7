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

    private static final String[] FEATURES = {"..dump..", "..schedule..", "..compress..", "..retention.."};

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.mgnlbackup");

    @Test
    void onlyTheAdaptersKnowCamel() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..route..")
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
                .resideInAnyPackage("..catalog..", "..store..", "..config..", "..problem..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..http..", "..cli..", "..route..", "..metrics..")
                .check(OURS);
    }

    @Test
    void theStoreKnowsNothingOfWhatItHolds() {
        noClasses()
                .that()
                .resideInAPackage("..store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..catalog..", "..dump..", "..schedule..", "..compress..", "..retention..")
                .check(OURS);
    }

    @Test
    void theCatalogKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("..catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .check(OURS);
    }

    @Test
    void problemsNeedNothingOfOurs() {
        classes()
                .that()
                .resideInAPackage("..problem..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("..problem..", "java..", "org.jspecify..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.mgnlbackup.(*)..").should().beFreeOfCycles().check(OURS);
    }
}
