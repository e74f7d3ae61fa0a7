package io.mgnlbackup.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a command printed, without that which differs from run to run: times, sizes, identifiers. */
final class PrintedText {

    /** Progress on standard error, which is another on a terminal. Warnings are compared. */
    private static final Pattern PROGRESS = Pattern.compile("^[0-9TZ:.-]+ INFO ");

    /** In the order in which they are applied. */
    private static final Map<Pattern, String> VARYING = new LinkedHashMap<>();

    static {
        varies("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|\\+00)?", "<time>");
        varies("[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}", "<stamp>");
        varies("[0-9]{4}-[0-9]{2}-[0-9]{2}", "<day>");
        varies("[0-9]{4}-W[0-9]{2}", "<week>");
        varies("\\b20[0-9]{2}-[0-9]{2}\\b", "<month>");
        varies("\\b[0-9A-HJKMNP-TV-Z]{26}\\b", "<ulid>");
        varies("\\b[0-9a-f]{64}\\b", "<sha256>");
        varies("\\b[0-9A-F]{24}\\b", "<segment>");
        varies("\\b[0-9]{19}\\b", "<system>");
        varies("\\b[0-9]+(\\.[0-9]+)? (B|KiB|MiB|GiB)\\b", "<size>");
        varies("\\b[0-9.]+ (bytes|dumped)\\b", "<n> $1");
        varies("\"size\" ?: ?[0-9]+", "\"size\":<n>");
        varies("\\b[0-9A-F]+/[0-9A-F]{7,8}\\b", "<lsn>");
        varies("\\btransaction [0-9]+\\b", "transaction <n>");
        varies("\\bafter [0-9.]+ s\\b", "after <n> s");
        varies("[0-9]+ WAL files", "<n> WAL files");
        varies(" +", " "); // columns are as wide as what stands in them
    }

    private PrintedText() {}

    private static void varies(String pattern, String name) {
        VARYING.put(Pattern.compile(pattern), name);
    }

    static String of(String text) {
        String result = text;
        for (Map.Entry<Pattern, String> entry : VARYING.entrySet()) {
            result = entry.getKey().matcher(result).replaceAll(entry.getValue());
        }
        return result.stripTrailing();
    }

    /** Whether a command printed what a page says; {@code …} in the page stands for anything, alone on a line also for several lines. */
    static boolean matches(List<String> page, String printed) {
        StringBuilder pattern = new StringBuilder();
        for (String line : page) {
            if (line.strip().equals("…")) {
                pattern.append("(.*\n)*");
                continue;
            }
            pattern.append(Pattern.quote(of(line)).replace("…", "\\E.*\\Q"));
            pattern.append(" *\n");
        }
        String text = printed.lines()
                .filter(line -> !PROGRESS.matcher(line).find())
                .map(PrintedText::of)
                .reduce("", (all, line) -> all + line + "\n");
        return Pattern.compile(pattern.toString()).matcher(text).matches();
    }
}
