package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.config.ByteSize;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The list of backups as text. */
final class ListText {

    private static final int SIZE_COLUMN = 2;

    private ListText() {}

    /** A table for people; a sentence when there is nothing in it. */
    static String table(List<ListEntry> entries) {
        if (entries.isEmpty()) {
            return "no backups" + System.lineSeparator();
        }
        TextTable table = new TextTable(List.of("NAME", "TIME", "SIZE", "TAGS"), Set.of(SIZE_COLUMN));
        for (ListEntry entry : entries) {
            table.add(
                    entry.name(),
                    DateTimeFormatter.ISO_INSTANT.format(entry.lastModified().truncatedTo(ChronoUnit.SECONDS)),
                    ByteSize.format(entry.size()),
                    tags(entry.tags()));
        }
        return table.print();
    }

    /** An array, with the same members as the answer of {@code GET /list}. */
    static String json(List<ListEntry> entries) {
        ArrayNode array = JsonText.array();
        for (ListEntry entry : entries) {
            ObjectNode node = array.addObject();
            node.put("link", entry.link());
            node.put("name", entry.name());
            node.put("last_modified", DateTimeFormatter.ISO_INSTANT.format(entry.lastModified()));
            node.put("size", entry.size());
            node.put("daily", entry.daily());
            node.put("weekly", entry.weekly());
            node.put("monthly", entry.monthly());
            node.set("tags", JsonText.of(entry.tags()));
        }
        return JsonText.pretty(array);
    }

    /** Marks such as {@code daily} without their {@code =true}, since people know what they mean. */
    private static String tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .filter(tag -> !tag.getKey().equals("ulid") && !tag.getKey().equals("sealed"))
                .map(tag -> tag.getValue().equals("true") ? tag.getKey() : tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(" "))
                .replaceAll("\\p{Cc}", "?");
    }
}
