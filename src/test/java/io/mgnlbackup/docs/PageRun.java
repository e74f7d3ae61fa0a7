package io.mgnlbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.docs.MarkdownPage.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the blocks of a page in their order. Whatever is another here than in the page, a port or a host, is declared as a stand-in. */
final class PageRun implements AutoCloseable {

    private final MarkdownPage page;
    private final Path folder;
    private final Path programs;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> standIns = new LinkedHashMap<>();
    private final Map<String, Consumer<Block>> readers = new HashMap<>();
    private Consumer<Map<String, String>> settings = values -> {};
    private int next;
    private @Nullable PageShell shell;

    /** A run of this page; {@code folder} is empty and becomes the folder that the commands run in. */
    PageRun(String page, Path folder) {
        this.page = MarkdownPage.read(Path.of(page));
        try {
            this.folder = Files.createDirectories(folder.resolve("work"));
            this.programs = Files.createDirectories(folder.resolve("programs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        program("mgnlbackup", "exec '" + Path.of("mgnlbackup").toAbsolutePath() + "' \"$@\"");
        environment.put("PATH", programs + ":" + System.getenv("PATH"));
        environment.put("LC_ALL", "C.UTF-8");
    }

    Path folder() {
        return folder;
    }

    /** The folder of the programs that are ours. */
    Path programs() {
        return programs;
    }

    /** A program in front of those in {@code PATH}, as a line of shell. */
    PageRun program(String name, String line) {
        try {
            Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + line + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Variables of the shell; takes effect before its first command. */
    PageRun environment(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    /** Puts a folder of programs in front of the others. */
    PageRun path(Path first) {
        environment.merge("PATH", first.toString(), (old, added) -> programs + ":" + added + ":" + old);
        return this;
    }

    /** What is another here than the page says. */
    PageRun standIn(String inThePage, String here) {
        standIns.put(inThePage, here);
        return this;
    }

    /** What reads the blocks that set variables, with stand-ins in their values. */
    PageRun onSettings(Consumer<Map<String, String>> reader) {
        settings = reader;
        return this;
    }

    /** What reads the blocks of another language than the shell's; without a reader they are passed over. */
    PageRun on(String language, Consumer<Block> reader) {
        readers.put(language, reader);
        return this;
    }

    /** Runs the blocks up to the first one that contains this text, and that one too. */
    void through(String text) {
        while (next < page.blocks().size()) {
            Block block = page.blocks().get(next++);
            take(block);
            if (block.text().contains(text)) {
                return;
            }
        }
        throw new AssertionError("no further block of " + page.name() + " contains '" + text + "'");
    }

    /** Runs all blocks that are left. */
    void rest() {
        while (next < page.blocks().size()) {
            take(page.blocks().get(next++));
        }
    }

    /** Runs commands that the page does not show. */
    void run(String commands) {
        shell().run(commands);
    }

    /** Sets a variable that the page takes for granted. */
    void export(String name, String value) {
        shell().runStrictly("export " + name + "='" + value + "'");
    }

    /** Text of the page with the stand-ins in it. */
    String here(String text) {
        String result = text;
        for (Map.Entry<String, String> standIn : standIns.entrySet()) {
            result = result.replace(standIn.getKey(), standIn.getValue());
        }
        return result;
    }

    private void take(Block block) {
        if (NotRunHere.find(block).isPresent()) {
            return;
        }
        if (block.isSettings()) {
            Map<String, String> values = Assignments.ofShell(block.text());
            values.replaceAll((name, value) -> here(value));
            settings.accept(values);
        } else if (block.language().equals("sh")) {
            withPlace(block, () -> shell().runStrictly(here(block.text())));
        } else if (block.language().equals("console")) {
            withPlace(block, () -> console(block));
        } else if (readers.containsKey(block.language())) {
            readers.get(block.language()).accept(block);
        }
    }

    private PageShell shell() {
        if (shell == null) {
            shell = new PageShell(folder, programs, environment);
        }
        return shell;
    }

    private static void withPlace(Block block, Runnable work) {
        try {
            work.run();
        } catch (AssertionError e) {
            throw new AssertionError(block + ": " + e.getMessage(), e);
        }
    }

    /** Commands behind a dollar sign, each followed by what it prints. */
    private void console(Block block) {
        List<String> lines = block.text().lines().toList();
        assertThat(lines.get(0)).as("a console block starts with a command").startsWith("$ ");
        for (int i = 0; i < lines.size(); ) {
            String command = here(lines.get(i++).substring(2));
            List<String> printed = new ArrayList<>();
            while (i < lines.size() && !lines.get(i).startsWith("$ ")) {
                printed.add(here(lines.get(i++)));
            }
            String actual = shell().run(command);
            assertThat(PrintedText.matches(printed, actual))
                    .as("`%s` printed\n%s\nbut the page says\n%s", command, actual, String.join("\n", printed))
                    .isTrue();
        }
    }

    @Override
    public void close() {
        if (shell != null) {
            shell.close();
        }
    }
}
