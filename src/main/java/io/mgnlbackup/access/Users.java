package io.mgnlbackup.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Everybody who may use the sidecar; nobody in it: there is no access control. */
public record Users(List<User> all) {

    /** No access control. */
    public static final Users NONE = new Users(List.of());

    private static final Pattern SEPARATOR = Pattern.compile("[\r\n;]+");

    /** Copies the list. */
    public Users {
        all = List.copyOf(all);
    }

    /**
     * Reads entries {@code name:roles:hash}, one a line or with semicolons in between; lines that start with {@code #} are left out.
     *
     * @throws IllegalArgumentException saying what is wrong with the first bad entry, without its hash
     */
    public static Users parse(String text) {
        List<User> users = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String line : SEPARATOR.split(text, -1)) {
            String entry = line.strip();
            if (entry.isEmpty() || entry.startsWith("#")) {
                continue;
            }
            User user = User.parse(entry);
            if (!names.add(user.name())) {
                throw new IllegalArgumentException("'" + user.name() + "' stands in it twice");
            }
            users.add(user);
        }
        if (users.isEmpty()) {
            throw new IllegalArgumentException("there is nobody in it");
        }
        return new Users(users);
    }

    /** The hashes in a text that may have mistakes in it, so that they can be hidden. */
    public static List<String> hashes(String text) {
        List<String> hashes = new ArrayList<>();
        for (String line : SEPARATOR.split(text, -1)) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && !fields[2].isBlank()) {
                hashes.add(fields[2].strip());
            }
        }
        return hashes;
    }

    /** Whether somebody has to be known before the sidecar answers. */
    public boolean areRequired() {
        return !all.isEmpty();
    }
}
