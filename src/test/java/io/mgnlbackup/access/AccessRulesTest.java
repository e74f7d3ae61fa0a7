package io.mgnlbackup.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {

    @ParameterizedTest
    @CsvSource({
        "/,READ",
        "/list,READ",
        "/events,READ",
        "/assets/page.css,READ",
        "/files/a/b.sql.gz,READ",
        "/bundle,READ",
        "/bundle/now,READ",
        "/dump,WRITE",
        "/cache,WRITE",
        "/metrics,METRICS",
        "/assets/page.js,READ",
        "/assets/other.js,ADMIN",
        "/lists,ADMIN",
        "/list/,ADMIN",
        "/LIST,ADMIN",
        "/list;x=y,ADMIN",
        "/bundlefoo,ADMIN",
        "/dump/x,ADMIN",
        "/health,ADMIN",
        "/health/live/,ADMIN",
        "/anything,ADMIN",
        "*,ADMIN"
    })
    void eachPathNeedsARole(String path, Role role) {
        assertThat(AccessRules.of(path, path, Set.of()).role()).contains(role);
    }

    @ParameterizedTest
    @CsvSource({"/health/live", "/health/ready"})
    void healthNeedsNone(String path) {
        assertThat(AccessRules.of(path, path, Set.of()).role()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"//list,/list", "/%6cist,/list", "/x/../health/live,/health/live", "/./dump,/dump"})
    void anotherSpellingOfAPathNeedsAdmin(String path, String normalized) {
        assertThat(AccessRules.of(path, normalized, Set.of()).role()).contains(Role.ADMIN);
    }

    @ParameterizedTest
    @CsvSource({"/bundle,upload", "/bundle/now,upload", "/bundle/now,UpLoad"})
    void whoStoresABundleNeedsToWrite(String path, String parameter) {
        assertThat(AccessRules.of(path, path, Set.of("mode", parameter)).role()).contains(Role.WRITE);
    }
}
