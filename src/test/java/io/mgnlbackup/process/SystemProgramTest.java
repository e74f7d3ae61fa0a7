package io.mgnlbackup.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SystemProgramTest {

    @Test
    void itGetsNoVariableButPath() throws Exception {
        Process env = SystemProgram.of("env")
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        assertThat(new String(env.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("PATH=");
        assertThat(System.getenv()).hasSizeGreaterThan(1);
    }
}
