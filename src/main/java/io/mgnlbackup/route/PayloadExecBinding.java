package io.mgnlbackup.route;

import io.mgnlbackup.process.DumpCommand;
import io.mgnlbackup.store.Payload;
import java.io.InputStream;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.exec.ExecBinding;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.exec.ExecResult;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Tells the {@code exec} component which command to run, and hands its output on as a {@link Payload}.
 *
 * <p>A {@link DumpCommand} in the body is what runs; without one, the executable and the arguments of the endpoint's URI do. Message headers
 * never have a say, other than with the component's own binding. Whatever happens in the route, the process ends with the exchange.
 */
public final class PayloadExecBinding implements ExecBinding {

    private final Map<String, String> environment;
    private final Duration timeout;

    /** Commands of a URI run in this environment and for this long at most. */
    public PayloadExecBinding(Map<String, String> environment, Duration timeout) {
        this.environment = Map.copyOf(environment);
        this.timeout = timeout;
    }

    @Override
    public ExecCommand readInput(Exchange exchange, ExecEndpoint endpoint) {
        DumpCommand command = exchange.getMessage().getBody() instanceof DumpCommand given ? given : inUri(endpoint);
        return new Command(command);
    }

    private DumpCommand inUri(ExecEndpoint endpoint) {
        String arguments = endpoint.getArgs() == null ? "" : endpoint.getArgs().trim();
        return new DumpCommand(
                endpoint.getExecutable(),
                arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s+")),
                environment,
                timeout);
    }

    @Override
    public void writeOutput(Exchange exchange, ExecResult result) {
        InputStream stdout = result.getStdout();
        Payload payload = Payload.ofUnknownLength(stdout);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                try {
                    payload.close();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        exchange.getMessage().setBody(payload);
    }

    /** What the component passes to its executor; printed without arguments, since they may hold a password. */
    static final class Command extends ExecCommand {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient DumpCommand command;

        Command(DumpCommand command) {
            super(
                    command.executable(),
                    List.of(),
                    null,
                    Long.MAX_VALUE,
                    Set.of(),
                    null,
                    null,
                    false,
                    LoggingLevel.TRACE);
            this.command = command;
        }

        DumpCommand command() {
            return command;
        }

        @Override
        public String toString() {
            return getExecutable();
        }
    }
}
