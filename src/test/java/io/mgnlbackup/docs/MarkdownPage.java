package io.mgnlbackup.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page in Markdown, taken apart as far as the tests need it.
 *
 * @param path relative to the root of the repository
 * @param blocks fenced blocks in their order
 * @param prose the lines outside of them; a line inside is empty here, so that numbers stay
 */
record MarkdownPage(Path path, List<Block> blocks, List<String> prose) {

    private static final Pattern FENCE = Pattern.compile("( *)```(\\S*).*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    /** A fenced block; its text lost the indentation of the fence. */
    record Block(String page, int line, String language, String text) {

        /** Whether every line sets a variable: settings rather than commands. */
        boolean isSettings() {
            return (language.equals("sh") || language.equals("ini"))
                    && text.lines()
                            .allMatch(line -> Assignments.LINE.matcher(line).matches());
        }

        /** Whether somebody would paste it into a shell. */
        boolean isCommands() {
            return (language.equals("sh") && !isSettings()) || language.equals("console");
        }

        @Override
        public String toString() {
            return page + ":" + line + " (" + text.lines().findFirst().orElse("") + ")";
        }
    }

    /** README, CHANGELOG and the like, and everything in docs. */
    static List<MarkdownPage> all() {
        List<MarkdownPage> pages = new ArrayList<>();
        for (Path folder : List.of(Path.of(""), Path.of("docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .sorted(Comparator.naturalOrder())
                        .forEach(file -> pages.add(read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pages;
    }

    /** The page in a file. */
    static MarkdownPage read(Path path) {
        try {
            return parse(path, Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MarkdownPage parse(Path path, List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        List<String> prose = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            prose.add(fence.matches() ? "" : lines.get(i));
            if (!fence.matches()) {
                continue;
            }
            int begin = i + 1;
            StringBuilder text = new StringBuilder();
            for (i++; !lines.get(i).strip().equals("```"); i++) {
                String line = lines.get(i);
                text.append(line, Math.min(fence.group(1).length(), line.length()), line.length())
                        .append('\n');
                prose.add("");
            }
            prose.add("");
            blocks.add(new Block(path.toString(), begin, fence.group(2), text.toString()));
        }
        return new MarkdownPage(path, List.copyOf(blocks), List.copyOf(prose));
    }

    String name() {
        return path.toString();
    }

    /** The anchors of its headings, as GitHub and GitLab make them. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        for (String line : prose) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                anchors.add(heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
            }
        }
        return anchors;
    }

    /** Where its links and pictures point to. */
    List<String> links() {
        return prose.stream()
                .flatMap(line -> LINK.matcher(line.replaceAll("`[^`]*`", "")).results())
                .map(match -> match.group(1))
                .toList();
    }
}
