package io.mgnlbackup.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** What a program prints that is asked a question, in a few lines. */
public final class ShortAnswer {

    private static final int MOST_BYTES = 64 * 1024;

    private ShortAnswer() {}

    /**
     * Runs the program to its end.
     *
     * @param mask hides secrets in what the program says on standard error
     * @throws DumpException when it does not run, fails or answers nothing
     */
    public static String of(DumpCommand command, UnaryOperator<String> mask) throws IOException {
        try (InputStream answer = ChildProcess.start(command, mask).stdout()) {
            return new String(answer.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
