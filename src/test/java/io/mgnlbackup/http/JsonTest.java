package io.mgnlbackup.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void writesArraysOfAnyLength() {
        assertThat(Json.array(List.of().iterator())).hasContent("[]");
        assertThat(Json.array(List.of(1).iterator())).hasContent("[1]");
        assertThat(Json.array(List.of(Map.of("a", "b"), 2).iterator())).hasContent("[{\"a\":\"b\"},2]");
    }

    @Test
    void makesElementsOnlyWhenTheyAreRead() throws IOException {
        int[] made = {0};
        Iterator<Integer> elements =
                IntStream.range(0, 1_000_000).peek(i -> made[0]++).iterator();
        try (var stream = Json.array(elements)) {
            assertThat(stream.readNBytes(20)).asString().isEqualTo("[0,1,2,3,4,5,6,7,8,9");
            assertThat(made[0]).isLessThan(20);
        }
    }

    @Test
    void leavesOutWhatAnErrorDoesNotSay() {
        assertThat(Json.text(new ErrorBody("it failed", null, null))).isEqualTo("{\"error\":\"it failed\"}");
        assertThat(Json.text(new ErrorBody("it failed", "try again", "tail")))
                .isEqualTo("{\"error\":\"it failed\",\"hint\":\"try again\",\"detail\":\"tail\"}");
    }
}
