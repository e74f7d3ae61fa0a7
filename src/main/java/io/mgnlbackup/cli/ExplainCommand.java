package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows how the sidecar reads a value.
 *
 * <p>With a kind and values it answers one question, exit code 1 if the value is rejected. Without, it answers JSON objects, one a line,
 * from its input until that ends, exit code 0.
 */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Show how a value is read: without arguments, one JSON object a line from standard input.",
        footer = {
            "",
            "explain cron SPEC [ZONE [FROM [COUNT]]]",
            "explain duration VALUE",
            "explain expand TEXT [NAME=VALUE...]",
            "explain args TEXT",
            "explain query QUERY [TAG=VALUE...]",
            "explain time VALUE",
            "explain retention D,W,M TIME..."
        })
public final class ExplainCommand implements Callable<Integer> {

    private final Explain explain;
    private final InputStream in;
    private final PrintStream out;

    @Parameters(arity = "0..*", paramLabel = "KIND VALUE", description = "What the value is, and the value.")
    private List<String> words = List.of();

    /**
     * A command over given streams.
     *
     * @param in JSON lines in UTF-8
     * @param out answers in UTF-8, flushed line by line
     */
    public ExplainCommand(Clock clock, InputStream in, PrintStream out) {
        this.explain = new Explain(clock);
        this.in = in;
        this.out = out;
    }

    /** Values may start with a dash: behind the kind, nothing is an option. */
    @Spec
    void stopAtKind(CommandSpec spec) {
        spec.parser().stopAtPositional(true);
    }

    @Override
    public Integer call() throws IOException {
        if (!words.isEmpty()) {
            ObjectNode answer = explain.answer(ExplainArguments.question(words));
            print(answer);
            return answer.has("error") ? 1 : 0;
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            print(explain.answer(line));
        }
        return 0;
    }

    private void print(ObjectNode answer) throws IOException {
        out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
