package io.mgnlbackup.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the counts of an expression, such as {@code a{10}}, make of it: RE2 copies what is repeated, and takes time for each copy.
 *
 * @param deepest how often a part is repeated at most, counts inside counts multiplied: 100 for {@code (a{10}){10}}
 * @param copies how many parts are added in all
 */
record Repetitions(long deepest, long copies) {

    /** The deepest that RE2 and Go's package "regexp" take; RE2/J limits each count alone. */
    static final int MAX_DEEPEST = 1_000;

    /** More copies in a query would make it slow: each is a step for each character of each value. */
    static final int MAX_COPIES = 2_000;

    /** Reads an expression, whether it is valid or not. */
    static Repetitions of(String expression) {
        return new Walk(expression).run();
    }

    /** A part of the expression: how deep its deepest repetition is, and how many parts it is made of. */
    private record Part(long deepest, long size) {

        static final Part NONE = new Part(1, 0);
        static final Part CHARACTER = new Part(1, 1);

        Part and(Part other) {
            return new Part(Math.max(deepest, other.deepest), bounded(size + other.size));
        }

        Part times(long count) {
            return new Part(bounded(deepest * count), bounded(size * count));
        }

        /** Far above every limit, and far below an overflow. */
        private static long bounded(long number) {
            return Math.min(number, 1L << 30);
        }
    }

    private static final class Walk {

        private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,9})(,([0-9]{0,9}))?\\}");

        private final String expression;
        private final Deque<Part> outer = new ArrayDeque<>();
        private Part group = Part.NONE;
        private Part last = Part.NONE;
        private long copies;
        private int at;

        Walk(String expression) {
            this.expression = expression;
        }

        Repetitions run() {
            Matcher count = COUNT.matcher(expression);
            while (at < expression.length()) {
                if (count.region(at, expression.length()).lookingAt()) {
                    repeat(times(count));
                    at = count.end();
                } else {
                    step();
                }
            }
            while (!outer.isEmpty()) {
                close();
            }
            return new Repetitions(group.and(last).deepest(), copies);
        }

        private static long times(Matcher count) {
            boolean open = count.group(2) == null || count.group(3).isEmpty();
            return Math.max(1, Long.parseLong(open ? count.group(1) : count.group(3)));
        }

        private void repeat(long count) {
            Part repeated = last.times(count);
            copies = Part.bounded(copies + repeated.size() - last.size());
            last = repeated;
        }

        private void step() {
            char c = expression.charAt(at++);
            switch (c) {
                case '(' -> {
                    next(Part.NONE);
                    outer.push(group);
                    group = Part.NONE;
                }
                case ')' -> {
                    if (!outer.isEmpty()) {
                        close();
                    }
                }
                case '[' -> skipClass();
                case '\\' -> skipEscape();
                case '*', '+', '?' -> {}
                default -> next(Part.CHARACTER);
            }
        }

        private void next(Part part) {
            group = group.and(last);
            last = part;
        }

        private void close() {
            Part closed = group.and(last);
            group = outer.pop();
            last = closed;
        }

        /** A bracket that closes is a character when it comes first. */
        private void skipClass() {
            next(Part.CHARACTER);
            at += expression.startsWith("^", at) ? 1 : 0;
            int first = at;
            while (at < expression.length() && (expression.charAt(at) != ']' || at == first)) {
                at += expression.charAt(at) == '\\' ? 2 : 1;
            }
            at = Math.min(at + 1, expression.length());
        }

        private void skipEscape() {
            next(Part.CHARACTER);
            if (expression.startsWith("Q", at)) {
                int end = expression.indexOf("\\E", at);
                at = end < 0 ? expression.length() : end + 2;
            } else if (expression.startsWith("x{", at)
                    || expression.startsWith("p{", at)
                    || expression.startsWith("P{", at)) {
                int end = expression.indexOf('}', at);
                at = end < 0 ? expression.length() : end + 1;
            } else {
                at = Math.min(at + 1, expression.length());
            }
        }
    }
}
