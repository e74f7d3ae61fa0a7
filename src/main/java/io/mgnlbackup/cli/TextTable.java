package io.mgnlbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Lines in columns that are as wide as their widest cell; the last column is never padded. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> rightAligned;

    /** A table whose first row is its head; columns of numbers stand at the right. */
    TextTable(List<String> head, Set<Integer> rightAligned) {
        rows.add(List.copyOf(head));
        this.rightAligned = Set.copyOf(rightAligned);
    }

    /** Adds a row with as many cells as the head. */
    void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** All lines, each with its line end. */
    String print() {
        int[] widths = IntStream.range(0, rows.get(0).size()).map(this::width).toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(column == 0 ? "" : GAP).append(padded(row.get(column), column, widths[column]));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private String padded(String cell, int column, int width) {
        String blanks = " ".repeat(width - length(cell));
        return rightAligned.contains(column) ? blanks + cell : cell + blanks;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
