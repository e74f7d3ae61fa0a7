package io.mgnlbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mgnlbackup.postgres.RecoverySettings.TargetAction;
import io.mgnlbackup.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Boot as an init container whose link is old, or was never filled in. */
class BootJobTest {

    @TempDir
    private Path folder;

    private BootOutcome run(URI datasource) {
        return new BootJob(new BootRequest(datasource, folder.resolve("data"), TargetAction.PROMOTE, 1), bytes -> {})
                .run();
    }

    @Test
    void doesNotEvenReadTheDatasourceWhenThereIsACluster() throws IOException {
        Files.createDirectories(folder.resolve("data/global"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "17");
        Files.writeString(folder.resolve("data/global/pg_control"), "");
        assertThat(run(URI.create("http://127.0.0.1:1/gone")).restored()).isFalse();
        assertThat(run(folder.resolve("absent").toUri()).restored()).isFalse();
    }

    @Test
    @Timeout(5)
    void saysAtOnceThatThereIsNoSuchFile() {
        assertThatThrownBy(() -> run(folder.resolve("paste-the-link-here").toUri()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the datasource is neither a URL nor a file that is there");
        assertThatThrownBy(() -> run(folder.toUri())).isInstanceOf(Problem.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void showsTheCredentialsThatStandInALinkToItsHostAlone() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            boolean known =
                    "Basic Y2k6dDBrZW46Lw==".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (exchange.getRequestURI().getPath().equals("/moved")) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                exchange.sendResponseHeaders(302, -1);
            } else if (exchange.getRequestURI().getPath().equals("/elsewhere")) {
                elsewhere.add("asked");
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(known ? 200 : 401, -1);
            }
            exchange.close();
        });
        server.start();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            assertThatThrownBy(() -> run(URI.create("http://" + host + "/bundle")))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("its link needs credentials");
            assertThatThrownBy(() -> run(URI.create("http://ci:wrong@" + host + "/bundle")))
                    .hasMessageContaining("its link needs credentials")
                    .hasMessageNotContaining("wrong@");
            assertThatThrownBy(() -> run(URI.create("http://ci:t0ken%3A%2F@" + host + "/bundle")))
                    .hasMessageContaining("the datasource is no");
            assertThatThrownBy(() -> run(URI.create("http://ci:t0ken@" + host + "/moved")))
                    .isInstanceOf(Problem.class);
            assertThat(elsewhere).isEmpty();
        } finally {
            server.stop(0);
        }
    }
}
