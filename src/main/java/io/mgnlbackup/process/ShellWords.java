package io.mgnlbackup.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits words as a POSIX shell does, quoting only: no comments, operators, globbing or expansion.
 *
 * <p>Single quotes keep everything; in double quotes a backslash escapes a backslash or a double quote and is ordinary otherwise; outside
 * quotes it takes the next character as it is.
 */
final class ShellWords {

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int at;

    /** Also true for an empty word, as in {@code ''}. */
    private boolean inWord;

    ShellWords(String text) {
        this.text = text;
    }

    List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (Arguments.isBlank(c)) {
                endWord();
            } else {
                inWord = true;
                piece(c);
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void piece(char c) {
        if (c == '\'') {
            singleQuoted();
        } else if (c == '"') {
            doubleQuoted();
        } else {
            word.append(c == '\\' ? next("a backslash at the end") : c);
        }
    }

    private void singleQuoted() {
        for (char c = next("an open single quote"); c != '\''; c = next("an open single quote")) {
            word.append(c);
        }
    }

    private void doubleQuoted() {
        for (char c = next("an open double quote"); c != '"'; c = next("an open double quote")) {
            boolean escapes = c == '\\' && at < text.length() && "\\\"".indexOf(text.charAt(at)) >= 0;
            word.append(escapes ? text.charAt(at++) : c);
        }
    }

    private char next(String missing) {
        if (at == text.length()) {
            throw new IllegalArgumentException("the arguments have " + missing);
        }
        return text.charAt(at++);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
