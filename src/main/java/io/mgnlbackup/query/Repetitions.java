package io.mgnlbackup.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often an expression repeats a part of itself, counts inside counts multiplied: {@code (a{10}){10}} a hundred times.
 *
 * <p>RE2 copies what is repeated, and limits this to 1,000 so that no short expression fills the memory; RE2/J limits each count alone.
 */
final class Repetitions {

    /** What RE2 and Go's package "regexp" take. */
    static final int MAX = 1_000;

    private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,9})(,([0-9]{0,9}))?\\}");

    private final String expression;
    private final Deque<Integer> groups = new ArrayDeque<>();
    private int at;
    private int atom;
    private int group;

    private Repetitions(String expression) {
        this.expression = expression;
    }

    /** Whether a valid expression stays within the limit. */
    static boolean areFew(String expression) {
        return new Repetitions(expression).walk();
    }

    private boolean walk() {
        Matcher count = COUNT.matcher(expression);
        while (at < expression.length()) {
            if (count.find(at) && count.start() == at) {
                atom = Math.max(1, atom) * times(count);
                at = count.end();
            } else {
                step();
            }
            group = Math.max(group, atom);
            if (group > MAX) {
                return false;
            }
        }
        return true;
    }

    private static int times(Matcher count) {
        boolean open = count.group(2) == null || count.group(3).isEmpty();
        return Math.min(MAX + 1, Math.max(1, Integer.parseInt(open ? count.group(1) : count.group(3))));
    }

    private void step() {
        char c = expression.charAt(at++);
        switch (c) {
            case '(' -> {
                groups.push(group);
                group = 1;
                atom = 1;
            }
            case ')' -> {
                atom = group;
                group = groups.isEmpty() ? group : groups.pop();
            }
            case '[' -> skipClass();
            case '\\' -> skipEscape();
            case '*', '+', '?' -> {}
            default -> atom = 1;
        }
    }

    /** A bracket that closes is a character when it comes first. */
    private void skipClass() {
        atom = 1;
        at += expression.startsWith("^", at) ? 1 : 0;
        int first = at;
        while (at < expression.length() && (expression.charAt(at) != ']' || at == first)) {
            at += expression.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipEscape() {
        atom = 1;
        if (expression.startsWith("Q", at)) {
            int end = expression.indexOf("\\E", at);
            at = end < 0 ? expression.length() : end + 2;
        } else if (expression.startsWith("x{", at)
                || expression.startsWith("p{", at)
                || expression.startsWith("P{", at)) {
            int end = expression.indexOf('}', at);
            at = end < 0 ? expression.length() : end + 1;
        } else {
            at++;
        }
    }
}
