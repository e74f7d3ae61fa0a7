package io.mgnlbackup.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.Fault;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that fails half-way says nothing about an object: it is unreadable and not damaged, and the others are read all the same. */
class VerifyFaultsIT {

    private static final int OBJECTS = 3;

    @TempDir
    private static Path folder;

    private static S3Server store;
    private static ChaosProxy line;
    private static Map<String, String> settings;

    @BeforeAll
    static void backUp() {
        store = new S3Server();
        line = new ChaosProxy(store.endpoint());
        settings = new HashMap<>(SidecarProcess.settings(
                S3Server.variables("faults", line.endpoint()), "head -c 3000000 /dev/urandom | od -x"));
        settings.put("GZIP_LEVEL", "1");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("the backup at the start", () -> sidecar.list().size() == 1);
            while (sidecar.list().size() < OBJECTS) {
                assertThat(sidecar.dump().statusCode()).isEqualTo(200);
            }
        }
    }

    @AfterAll
    static void stop() {
        line.close();
        store.close();
    }

    @AfterEach
    void heal() {
        line.heal();
    }

    private record Run(int status, Map<String, String> states, String text) {}

    private static Run verify() throws IOException {
        try (SidecarProcess command = SidecarProcess.launch(folder, settings, "verify", "--output", "json")) {
            int status = command.awaitEnd();
            String text = command.log();
            JsonNode report = new ObjectMapper().readTree(text.substring(text.indexOf("{\n")));
            Map<String, String> states = new HashMap<>();
            report.path("objects")
                    .forEach(object -> states.put(
                            object.path("name").asText(), object.path("state").asText()));
            return new Run(status, states, text);
        }
    }

    private static String oldest() throws IOException {
        List<String> names = new ArrayList<>(verify().states().keySet());
        names.sort(String::compareTo);
        return names.get(0);
    }

    private static void isUnreadableAlone(Run run, String name, String reason) {
        assertThat(run.status()).as(run.text()).isEqualTo(1);
        assertThat(run.states()).hasSize(OBJECTS).containsEntry(name, "unreadable");
        assertThat(run.states().values()).filteredOn("good"::equals).hasSize(OBJECTS - 1);
        assertThat(run.text()).contains(reason).doesNotContain("damaged").doesNotContain("\tat ");
    }

    @Test
    void anAnswer500IsNoDamage() throws IOException {
        String name = oldest();
        line.answer(request -> request.startsWith("GET ") && request.contains(name), 500, "no");
        isUnreadableAlone(verify(), name, "cannot read '" + name + "'");
    }

    @Test
    void aConnectionThatIsCutInTheMiddleIsNoDamageAndTheNextRunFindsAllGood() throws IOException {
        String name = oldest();
        line.breaks(Fault.cutAnswer(request -> request.startsWith("GET ") && request.contains(name), 1_000_000));
        isUnreadableAlone(verify(), name, "'" + name + "' ended after ");
        line.heal();
        Run run = verify();
        assertThat(run.status()).as(run.text()).isZero();
        assertThat(run.states().values()).containsOnly("good");
    }

    /** What it has found out is written down whole, or not at all: then it is read again. */
    @ParameterizedTest(name = "after the store has it: {0}")
    @ValueSource(booleans = {false, true})
    void killedAsItWritesDownWhatItFoundTheNextRunFindsAllGood(boolean stored) throws IOException {
        Predicate<String> record = request -> request.startsWith("PUT ") && request.contains("-verified.json.gz");
        Fault hold = line.breaks(stored ? Fault.holdAnswer(record) : Fault.holdRequest(record));
        try (SidecarProcess command = SidecarProcess.launch(folder, settings, "verify")) {
            assertThat(hold.awaitHit(Duration.ofMinutes(2))).as(command.log()).isTrue();
            command.kill();
        }
        hold.drop();
        line.heal();
        Run run = verify();
        assertThat(run.status()).as(run.text()).isZero();
        assertThat(run.states()).hasSize(OBJECTS);
        assertThat(run.states().values()).containsOnly("good");
        assertThat(run.text()).doesNotContain("WARN");
    }
}
