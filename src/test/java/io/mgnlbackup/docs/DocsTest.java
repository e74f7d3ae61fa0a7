package io.mgnlbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.cli.FeatureChecks;
import io.mgnlbackup.config.Configuration;
import io.mgnlbackup.config.Purpose;
import io.mgnlbackup.config.SettingKey;
import io.mgnlbackup.config.SettingSources;
import io.mgnlbackup.config.SettingsReader;
import io.mgnlbackup.docs.MarkdownPage.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of the documentation without running it. */
class DocsTest {

    private static final Set<String> LANGUAGES =
            Set.of("sh", "console", "sql", "yaml", "ini", "json", "log", "text", "js");

    private static final Pattern VARIABLE = Pattern.compile("MGNLBACKUP_[A-Z0-9_]+");

    /** Read by the start script, not by the program. */
    private static final Set<String> OTHERS = Set.of("MGNLBACKUP_JAVA_OPTS");

    private final List<MarkdownPage> pages = MarkdownPage.all();

    @Test
    void everyCommandIsRunOrSaysWhatCoversIt() {
        Set<String> run = Stream.of(DocsIT.class, WalDocsIT.class)
                .flatMap(tests -> Arrays.stream(tests.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(RunsPage.class))
                .flatMap(
                        method -> Stream.of(method.getAnnotation(RunsPage.class).value()))
                .collect(Collectors.toSet());
        assertThat(blocks())
                .filteredOn(Block::isCommands)
                .filteredOn(block -> NotRunHere.find(block).isEmpty())
                .as("commands that nobody runs: give their page a test in DocsIT or a line in NotRunHere")
                .filteredOn(block -> !run.contains(block.page()))
                .isEmpty();
    }

    @Test
    void everyExceptionIsStillOne() {
        for (NotRunHere entry : NotRunHere.ALL) {
            Optional<MarkdownPage> page = pages.stream()
                    .filter(one -> one.name().equals(entry.page()))
                    .findFirst();
            page.ifPresent(there -> assertThat(there.blocks())
                    .as("NotRunHere has a line for nothing: " + entry)
                    .anyMatch(block -> block.text().contains(entry.text())));
            if (entry.coveredBy().startsWith("src/")) {
                assertThat(Path.of(entry.coveredBy())).exists();
            }
        }
    }

    @Test
    void everyBlockHasALanguage() {
        assertThat(blocks())
                .filteredOn(block -> !LANGUAGES.contains(block.language()) && !isOfOthers(block))
                .as("a fenced block says what is in it, so that it is run or read: " + LANGUAGES)
                .isEmpty();
    }

    /** Pages that come with other features name their own languages. */
    private static boolean isOfOthers(Block block) {
        return !block.language().isEmpty()
                && NotRunHere.ALL.stream()
                        .anyMatch(entry -> entry.page().equals(block.page())
                                && entry.text().isEmpty());
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        Map<Path, MarkdownPage> byPath =
                pages.stream().collect(Collectors.toMap(page -> page.path().normalize(), page -> page));
        for (MarkdownPage page : pages) {
            for (String link : page.links()) {
                if (!link.matches("[a-z]+:.*") && !leads(page, link, byPath)) {
                    broken.add(page.name() + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leads(MarkdownPage from, String link, Map<Path, MarkdownPage> pages) {
        String file = link.replaceAll("#.*", "");
        Path target = file.isEmpty()
                ? from.path()
                : Path.of("x").resolve(from.path()).resolveSibling(file).normalize();
        Path inRoot = file.isEmpty() ? target : Path.of("x").relativize(target);
        if (!Files.exists(inRoot)) {
            return false;
        }
        MarkdownPage page = pages.get(inRoot);
        return !link.contains("#") || (page != null && page.anchors().contains(link.substring(link.indexOf('#') + 1)));
    }

    @Test
    void everyPageIsInTheIndex() throws IOException {
        String index = Files.readString(Path.of("docs/README.md"));
        assertThat(pages)
                .extracting(MarkdownPage::name)
                .filteredOn(page -> page.startsWith("docs/") && !page.equals("docs/README.md"))
                .filteredOn(page -> !index.contains("(" + page.substring("docs/".length()) + ")"))
                .as("pages that docs/README.md does not name")
                .isEmpty();
    }

    @Test
    void everyVariableIsASetting() {
        List<String> unknown = new ArrayList<>();
        for (MarkdownPage page : pages) {
            try {
                VARIABLE.matcher(Files.readString(page.path()))
                        .results()
                        .map(match -> match.group())
                        .filter(name -> !isKnown(name))
                        .forEach(name -> unknown.add(page.name() + ": " + name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static boolean isKnown(String name) {
        if (name.startsWith("MGNLBACKUP_TAGS_") || OTHERS.contains(name) || name.endsWith("_")) {
            return true;
        }
        // Older names are known to the reader, which warns of them alone.
        Map<String, String> environment = new HashMap<>(Map.of(name, "1"));
        return read(environment).warnings().stream().noneMatch(warning -> warning.contains("is not a setting"))
                || Arrays.stream(SettingKey.values()).anyMatch(key -> (key.variable() + "_FILE").equals(name));
    }

    @Test
    void everyExampleIsAccepted() {
        List<String> refused = new ArrayList<>();
        for (Block block : blocks()) {
            Map<String, String> values = block.isSettings()
                    ? Assignments.ofShell(block.text())
                    : block.language().equals("yaml") ? Assignments.ofYaml(block.text()) : Map.of();
            Map<String, String> ours = new HashMap<>(values);
            ours.keySet().removeIf(name -> !name.startsWith("MGNLBACKUP_") || OTHERS.contains(name));
            ours.values().removeIf(value -> value.isEmpty() || value.equals("…")); // a value of the reader's
            ours.keySet().removeIf(name -> name.endsWith("_FILE") || name.endsWith("_ROUTES_DIR"));
            Configuration configuration = read(ours);
            Stream.concat(configuration.problems().stream(), configuration.warnings().stream())
                    .filter(line ->
                            ours.keySet().stream().anyMatch(line::startsWith) || line.contains("is not a setting"))
                    .filter(line -> !line.contains("no such folder") && !line.contains("is not set but"))
                    .forEach(line -> refused.add(block + ": " + line));
        }
        assertThat(refused).isEmpty();
    }

    private static Configuration read(Map<String, String> environment) {
        Map<String, String> whole = new HashMap<>(environment);
        whole.putIfAbsent("MGNLBACKUP_CMD", "pg_dump");
        return SettingsReader.read(SettingSources.ofEnvironment(whole), new FeatureChecks(), Purpose.TAKE_BACKUPS);
    }

    private List<Block> blocks() {
        return pages.stream().flatMap(page -> page.blocks().stream()).toList();
    }
}
