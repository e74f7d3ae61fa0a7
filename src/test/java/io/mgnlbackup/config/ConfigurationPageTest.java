package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs", "configuration.md");

    /** With {@code -Dupdate=true} it writes the page first. */
    @Test
    void isTheOneInTheDocumentation() throws IOException {
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, ConfigurationPage.text());
        }

        assertThat(PAGE)
                .as("docs/configuration.md is stale: mvn -q test -Dtest=ConfigurationPageTest -Dupdate=true writes it")
                .hasContent(ConfigurationPage.text());
    }
}
