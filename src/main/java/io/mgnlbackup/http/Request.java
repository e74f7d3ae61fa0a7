package io.mgnlbackup.http;

import io.mgnlbackup.access.Caller;
import io.mgnlbackup.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a client asked, and all that is taken from its request.
 *
 * @param parameters of the URL and, for a form, of the body; each with all its values
 * @param accept the Accept header, empty when there is none
 * @param caller who asks
 */
public record Request(String method, String path, Map<String, List<String>> parameters, String accept, Caller caller) {

    private static final int MAX_VALUE_LENGTH = 8192;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\r\\n\\t]]");

    /** Copies the parameters. */
    public Request {
        parameters = Map.copyOf(parameters);
    }

    /** Throws when there is a parameter of another name, so that a misspelt one is not ignored in silence. */
    public Request allowOnly(Set<String> names) {
        for (String name : parameters.keySet()) {
            if (!names.contains(name)) {
                throw invalid(
                        "unknown parameter '" + shortened(name) + "'",
                        "accepted here: " + names.stream().sorted().toList());
            }
        }
        return this;
    }

    /** The value of a parameter given at most once. */
    public Optional<String> parameter(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw invalid("parameter '" + name + "' is given " + values.size() + " times", "give it once");
        }
        if (!values.isEmpty() && values.get(0).length() > MAX_VALUE_LENGTH) {
            throw invalid("parameter '" + name + "' is too long", "at most " + MAX_VALUE_LENGTH + " characters");
        }
        if (!values.isEmpty() && CONTROL.matcher(values.get(0)).find()) {
            throw invalid("parameter '" + name + "' has a control character in it", "it may have line breaks and tabs");
        }
        return values.stream().findFirst();
    }

    /** A yes or no; present without a value means yes, absent means no. */
    public boolean flag(String name) {
        return parameter(name)
                .map(value -> switch (value) {
                    case "", "true", "1" -> true;
                    case "false", "0" -> false;
                    default ->
                        throw invalid(
                                "parameter '" + name + "' has the value '" + shortened(value) + "'",
                                "accepted: true, false");
                })
                .orElse(false);
    }

    /** Whether a program wants JSON where people get a page. */
    public boolean wantsJson() {
        int json = accept.indexOf("application/json");
        int html = accept.indexOf("text/html");
        return json >= 0 && (html < 0 || json < html);
    }

    /** Whether a browser asks, which wants a page after each click. */
    public boolean isBrowser() {
        return accept.contains("text/html") && !wantsJson();
    }

    /** The parameter {@code dir}: whether the largest comes first. */
    public Optional<Boolean> direction() {
        return parameter("dir").filter(value -> !value.isEmpty()).map(value -> switch (value) {
            case "asc" -> false;
            case "desc" -> true;
            default -> throw invalid("parameter 'dir' has the value '" + shortened(value) + "'", "accepted: asc, desc");
        });
    }

    /** A whole number of at least 1. */
    public Optional<Integer> positive(String name) {
        return parameter(name).filter(value -> !value.isEmpty()).map(value -> {
            if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) == 0) {
                throw invalid(
                        "parameter '" + name + "' has the value '" + shortened(value) + "'",
                        "accepted: a whole number from 1 to 999999999");
            }
            return Integer.parseInt(value);
        });
    }

    private static Problem invalid(String message, String hint) {
        return new Problem(Problem.Kind.INVALID, message, hint);
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }
}
