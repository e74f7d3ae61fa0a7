package io.mgnlbackup.cli;

import io.mgnlbackup.config.Configuration;
import io.mgnlbackup.config.ConfigurationException;
import io.mgnlbackup.config.EditDistance;
import io.mgnlbackup.config.Purpose;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.SettingKey;
import io.mgnlbackup.config.SettingValue;
import io.mgnlbackup.problem.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what went wrong to standard error, in the words of a user, and chooses the exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    /** What a warning starts with, where there is no log yet. */
    static final String WARNING = Mgnlbackup.NAME + ": warning: ";

    private static final String START = Mgnlbackup.NAME + ": ";

    private final SettingsLoader loader;

    Failures(SettingsLoader loader) {
        this.loader = loader;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
        if (failure instanceof ParameterException wrong) {
            return handleParseException(wrong, new String[0]);
        }
        Configuration configuration = loader.read(Purpose.READ_BACKUPS);
        List<SettingValue> values = configuration.values();
        Printer printer = new Printer(command.getErr(), loader.mask(values));
        if (failure instanceof ConfigurationException wrong) {
            // A warning about a mistyped name may be what explains a problem.
            configuration.warnings().forEach(line -> printer.line(WARNING + line));
            wrong.problems().forEach(line -> printer.line(START + line));
            return ExitCode.USAGE;
        }
        if (failure instanceof Problem problem) {
            printer.problem(problem);
            printer.stackTrace(failure, values);
            return problem.kind() == Problem.Kind.INVALID ? ExitCode.USAGE : ExitCode.SOFTWARE;
        }
        printer.line(START + "unexpected failure: " + failure);
        printer.line("hint: " + SettingKey.LOGLEVEL.variable() + "=trace shows where it happened");
        printer.stackTrace(failure, values);
        return ExitCode.SOFTWARE;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        Printer printer = new Printer(err, SecretMask.PATTERNS_ONLY);
        printer.line(START
                + (wrong instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : wrong.getMessage()));
        printer.line("hint: '" + command.getCommandSpec().qualifiedName() + " --help' shows what is accepted");
        return ExitCode.USAGE;
    }

    /** Names the flag or word that nobody knows, not its value, which may be a secret. */
    private static String unmatched(UnmatchedArgumentException wrong) {
        String word = wrong.getUnmatched().get(0);
        CommandLine command = wrong.getCommandLine();
        if (word.startsWith("-")) {
            String flag = word.replaceFirst("=.*", "");
            return "unknown flag '" + flag + "'"
                    + suggestion(flag, command.getCommandSpec().optionsMap().keySet().stream());
        }
        return "unexpected argument '" + word + "'" + suggestion(word, command.getSubcommands().keySet().stream());
    }

    private static String suggestion(String word, Stream<String> known) {
        Optional<String> nearest = known.filter(
                        name -> EditDistance.between(word, name) <= Math.max(2, name.length() / 4))
                .min(Comparator.comparingInt(name -> EditDistance.between(word, name)));
        return nearest.map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** Writes masked lines. */
    private record Printer(PrintWriter err, SecretMask mask) {

        void line(String text) {
            err.println(mask.mask(text));
            err.flush();
        }

        void problem(Problem problem) {
            line(START + problem.getMessage());
            problem.detail().ifPresent(detail -> detail.lines().forEach(text -> line("  " + text)));
            problem.hint().ifPresent(hint -> line("hint: " + hint));
        }

        void stackTrace(Exception failure, List<SettingValue> values) {
            boolean wanted = values.stream()
                    .anyMatch(value ->
                            value.key() == SettingKey.LOGLEVEL && value.text().equalsIgnoreCase("trace"));
            if (wanted) {
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                line(trace.toString().stripTrailing());
            }
        }
    }
}
