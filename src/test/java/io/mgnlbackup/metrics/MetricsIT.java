package io.mgnlbackup.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.FreePort;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus and JMX see. */
class MetricsIT {

    @TempDir
    private Path folder;

    @Test
    void namesAreThoseThatDashboardsUseAndPromtoolFindsNoFault() throws Exception {
        try (SidecarProcess sidecar = SidecarProcess.start(
                folder,
                SidecarProcess.shellDump(folder.resolve("store"), "echo row; test ! -e " + folder + "/broken"))) {
            sidecar.await("caught up", () -> sidecar.metric("mgnlbackup_seconds_count") == 1);
            assertThat(sidecar.dump().statusCode()).isEqualTo(200);
            Files.createFile(folder.resolve("broken"));
            assertThat(sidecar.dump().statusCode()).isEqualTo(500);
            sidecar.list();
            assertThat(sidecar.metric("mgnlbackup_backups{interval=\"daily\"}")).isEqualTo(2);
            assertThat(sidecar.metric("mgnlbackup_backups{interval=\"weekly\"}"))
                    .isEqualTo(1);
            assertThat(sidecar.metric("mgnlbackup_backups{interval=\"monthly\"}"))
                    .isEqualTo(1);
            assertThat(sidecar.metric("mgnlbackup_bytes")).isPositive();
            assertThat(sidecar.metric("mgnlbackup_errors")).isEqualTo(1);
            assertThat(sidecar.metric("mgnlbackup_seconds_count")).isEqualTo(3);
            assertThat(sidecar.metric("mgnlbackup_seconds_sum")).isPositive();
            assertThat(sidecar.metric("mgnlbackup_streamed_bytes_total")).isEqualTo(12);
            assertThat(sidecar.metric("mgnlbackup_last_success_timestamp_seconds"))
                    .isCloseTo(System.currentTimeMillis() / 1000.0, org.assertj.core.data.Offset.offset(120.0));
            assertThat(sidecar.metric("process_resident_memory_bytes")).isPositive();
            assertThat(sidecar.metric("process_cpu_seconds_total")).isPositive();
            String scrape = sidecar.get("/metrics").body();
            assertThat(scrape)
                    .contains("camel_exchanges_total{route_id=\"run-backup\"} 3")
                    .contains("jvm_memory_used_bytes");
            assertThat(Tool.of("promtool", "check", "metrics").input(scrape).run())
                    .isEmpty();
        }
    }

    @Test
    void routesAreVisibleOverJmx() throws Exception {
        int port = FreePort.find();
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "echo row"));
        settings.put(
                "JAVA_OPTS",
                "-Dcom.sun.management.jmxremote.port=" + port + " -Dcom.sun.management.jmxremote.rmi.port=" + port
                        + " -Dcom.sun.management.jmxremote.authenticate=false -Dcom.sun.management.jmxremote.ssl=false"
                        + " -Djava.rmi.server.hostname=127.0.0.1 -Dcom.sun.management.jmxremote.host=127.0.0.1");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("caught up", () -> sidecar.list().size() == 1);
            JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
            try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
                MBeanServerConnection beans = connector.getMBeanServerConnection();
                Set<ObjectName> routes = beans.queryNames(new ObjectName("org.apache.camel:type=routes,*"), null);
                assertThat(routes.stream().map(name -> ObjectName.unquote(name.getKeyProperty("name"))))
                        .contains("take-backup", "run-backup", "schedule-backup", "store-put", "http-list");
                ObjectName run = routes.stream()
                        .filter(name -> name.getKeyProperty("name").contains("run-backup"))
                        .findFirst()
                        .orElseThrow();
                assertThat(beans.getAttribute(run, "ExchangesCompleted")).isEqualTo(1L);
            }
        }
    }
}
