package io.mgnlbackup.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.access.Caller;
import io.mgnlbackup.access.Role;
import io.mgnlbackup.metrics.Health;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

    private final HealthEndpoint endpoint = new HealthEndpoint(new Health(
            Map.of("store", () -> Health.Check.down("no answer from s3.internal:9000"), "dump", () -> Health.Check.UP),
            Clock.systemUTC()));

    private String body(Caller caller) {
        Answer answer = endpoint.ready(new Request("GET", "/health/ready", Map.of(), "", caller));
        assertThat(answer.status()).isEqualTo(503);
        return String.valueOf(answer.body());
    }

    @Test
    void nobodyLearnsThatACheckIsDownAndNotWhy() {
        assertThat(body(Caller.nobody("10.0.0.1", "GET /health/ready")))
                .contains("{\"name\":\"dump\",\"status\":\"up\"}", "{\"name\":\"store\",\"status\":\"down\"}")
                .doesNotContain("s3.internal");
        assertThat(body(new Caller("prometheus", "10.0.0.1", "GET /health/ready", Set.of(Role.METRICS))))
                .doesNotContain("s3.internal");
    }

    @Test
    void whoMayReadLearnsWhy() {
        assertThat(body(new Caller("anna", "10.0.0.1", "GET /health/ready", Set.of(Role.READ))))
                .contains("s3.internal");
        assertThat(body(Caller.anybody("10.0.0.1", "GET /health/ready"))).contains("s3.internal");
    }
}
