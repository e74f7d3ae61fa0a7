package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes a question of the words behind {@code explain}. A value that is missing is left to the answer to complain about. */
final class ExplainArguments {

    private ExplainArguments() {}

    static ObjectNode question(List<String> words) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        String kind = words.get(0);
        List<String> values = words.subList(1, words.size());
        question.put("kind", kind);
        switch (kind) {
            case "cron" -> cron(question, values);
            case "expand" -> with(question, "in", "env", values);
            case "query" -> with(question, "query", "labels", values);
            case "retention" -> retention(question, values);
            default -> put(question, "in", values, 0);
        }
        return question;
    }

    private static void cron(ObjectNode question, List<String> values) {
        put(question, "spec", values, 0);
        put(question, "tz", values, 1);
        put(question, "from", values, 2);
        if (values.size() > 3) {
            String count = values.get(3);
            if (count.matches("[0-9]{1,9}")) {
                question.put("n", Integer.parseInt(count));
            } else {
                question.put("n", count); // no number: the answer says so
            }
        }
    }

    private static void with(ObjectNode question, String field, String pairs, List<String> values) {
        put(question, field, values, 0);
        ObjectNode texts = question.putObject(pairs);
        for (String pair : values.subList(Math.min(1, values.size()), values.size())) {
            int equals = pair.indexOf('=');
            texts.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
    }

    private static void retention(ObjectNode question, List<String> values) {
        put(question, "cycle", values, 0);
        values.stream().skip(1).forEach(question.putArray("backups")::add);
    }

    private static void put(ObjectNode question, String field, List<String> values, int index) {
        if (index < values.size()) {
            question.put(field, values.get(index));
        }
    }
}
