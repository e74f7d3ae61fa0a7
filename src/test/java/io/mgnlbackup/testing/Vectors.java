package io.mgnlbackup.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Reads the rows of {@code src/test/resources/vectors}: what the program that this one replaces answers. */
public final class Vectors {

    private Vectors() {}

    /** The rows of a file as pairs of their id and the row, for a parameterized test. */
    public static Stream<Arguments> rows(String file) {
        return cases(file).map(row -> Arguments.of(row.path("id").asText(), row));
    }

    /** The rows of a file; fails if it has none. */
    public static Stream<JsonNode> cases(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file + ".json")) {
            JsonNode cases =
                    new JsonMapper().readTree(Objects.requireNonNull(in)).path("cases");
            if (cases.isEmpty()) {
                throw new IllegalStateException("no rows in vectors/" + file + ".json");
            }
            return cases.valueStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
