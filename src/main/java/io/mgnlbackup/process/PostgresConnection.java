package io.mgnlbackup.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the arguments of a PostgreSQL program connect to, in words that {@code psql} understands. What the environment says ({@code PGHOST}
 * and its like) holds without us.
 *
 * @param words options for host, port and user
 * @param database a name, a connection string or a URI
 */
record PostgresConnection(List<String> words, Optional<String> database) {

    /** Short options that take a value (their sources, the calls of getopt_long). */
    private static final Map<String, String> WITH_VALUE =
            Map.of("pg_dump", "deEfFhjnNpStTUZ", "pg_dumpall", "dEfFhlpSU", "pg_basebackup", "cdDFhilprsStTUXZ");

    /** Long options that are passed on. */
    private static final Set<String> SERVER = Set.of("--host", "--port", "--username");

    /** Copies the list. */
    PostgresConnection {
        words = List.copyOf(words);
    }

    /** Reads the arguments of {@code pg_dump}, {@code pg_dumpall} or {@code pg_basebackup}. */
    static PostgresConnection of(String program, List<String> arguments) {
        return new Reading(program, arguments).read();
    }

    /** Whether the database says more than a name, by the rule of libpq (recognized_connection_string in fe-connect.c). */
    boolean isConnectionString() {
        return database.filter(text -> text.contains("=") || text.matches("(?s)postgres(ql)?://.*"))
                .isPresent();
    }

    /** One pass over the words. */
    private static final class Reading {

        private final String program;
        private final List<String> arguments;
        private final List<String> words = new ArrayList<>();
        private Optional<String> database = Optional.empty();
        private int at;

        Reading(String program, List<String> arguments) {
            this.program = program;
            this.arguments = arguments;
        }

        PostgresConnection read() {
            for (at = 0; at < arguments.size(); at++) {
                String word = arguments.get(at);
                if (word.startsWith("--")) {
                    longOption(word);
                } else if (word.startsWith("-") && word.length() > 1) {
                    shortOptions(word);
                } else if (isOperand()) {
                    database = Optional.of(word);
                }
            }
            return new PostgresConnection(words, database);
        }

        /** Whether this is no value of a long option before it; where that cannot be told, the last word is the database. */
        private boolean isOperand() {
            boolean afterLongOption = at > 0
                    && arguments.get(at - 1).startsWith("--")
                    && arguments.get(at - 1).length() > 2
                    && !arguments.get(at - 1).contains("=");
            return program.equals("pg_dump") && (!afterLongOption || at == arguments.size() - 1);
        }

        private void longOption(String word) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            boolean server = SERVER.contains(name);
            if (!server && !name.equals("--dbname") && !(name.equals("--database") && program.equals("pg_dumpall"))) {
                return;
            }
            String value = equals < 0 ? next() : word.substring(equals + 1);
            if (server) {
                words.add(name + "=" + value);
            } else {
                database = Optional.of(value);
            }
        }

        /** One word may hold several options, the last of them with its value. */
        private void shortOptions(String word) {
            for (int i = 1; i < word.length(); i++) {
                char option = word.charAt(i);
                if (WITH_VALUE.getOrDefault(program, "").indexOf(option) < 0) {
                    continue;
                }
                String value = i + 1 < word.length() ? word.substring(i + 1) : next();
                switch (option) {
                    case 'h' -> words.add("--host=" + value);
                    case 'p' -> words.add("--port=" + value);
                    case 'U' -> words.add("--username=" + value);
                    case 'd' -> database = Optional.of(value);
                    case 'l' -> database = program.equals("pg_dumpall") ? Optional.of(value) : database;
                    default -> {}
                }
                return;
            }
        }

        private String next() {
            at++;
            return at < arguments.size() ? arguments.get(at) : "";
        }
    }
}
