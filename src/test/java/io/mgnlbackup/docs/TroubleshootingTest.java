package io.mgnlbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages in the headings of docs/troubleshooting.md are still those of the program. */
class TroubleshootingTest {

    private static final Pattern HEADING = Pattern.compile("### `(.*)`");

    /** Where a message is put together. */
    private static final Pattern SEAM = Pattern.compile("…|MGNLBACKUP_[A-Z0-9_]+|: ");

    /** Shorter pieces say nothing. */
    private static final int SHORTEST = 3;

    @Test
    void everyQuotedMessageStandsInTheSources() {
        String sources = sources();
        List<String> gone = new ArrayList<>();
        int messages = 0;
        for (String line : MarkdownPage.read(Path.of("docs/troubleshooting.md")).prose()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                messages++;
                fixedParts(heading.group(1)).stream()
                        .filter(part -> !sources.contains(part))
                        .forEach(part -> gone.add("'" + part + "' of: " + heading.group(1)));
            }
        }
        assertThat(gone).isEmpty();
        assertThat(messages).isGreaterThan(40);
    }

    /** What stands between the names and numbers, without what a message has at its seams. */
    private static List<String> fixedParts(String message) {
        List<String> parts = new ArrayList<>();
        for (String part : SEAM.split(message, -1)) {
            String fixed = part.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
            if (fixed.length() >= SHORTEST) {
                parts.add(fixed);
            }
        }
        assertThat(parts).as(message).isNotEmpty();
        return parts;
    }

    /** Everything that prints messages, with strings that are put together in one piece. */
    private static String sources() {
        StringBuilder text = new StringBuilder();
        for (Path root : List.of(Path.of("src/main"), Path.of("mgnlbackup"), Path.of("script/archive-wal"))) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*(\\.java|\\.yaml|/[a-z-]+|^mgnlbackup)"))
                        .forEach(file -> text.append(read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return text.toString().replaceAll("\"\\s*\\+\\s*\"", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
