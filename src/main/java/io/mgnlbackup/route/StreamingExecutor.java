package io.mgnlbackup.route;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecResult;

/** Starts the process and hands on its live output, where the component's own executor collects it all in memory. */
public final class StreamingExecutor implements ExecCommandExecutor {

    private final SecretMask mask;

    /** Secrets are masked in what the process says on stderr. */
    public StreamingExecutor(SecretMask mask) {
        this.mask = mask;
    }

    @Override
    public ExecResult execute(ExecCommand command) {
        try {
            ChildProcess process = ChildProcess.start(((PayloadExecBinding.Command) command).command(), mask::mask);
            return new ExecResult(command, process.stdout(), null, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
