package io.mgnlbackup.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresMajorsTest {

    @ParameterizedTest
    @CsvSource({
        "14 15 16 17 18, 15, 15",
        "14 16 18, 15, 16", // an older client refuses, so the next newer one
        "14 15, 13, 14",
        "14 15, 9, 14",
        "14 15, 17, 15", // refuses, and says why
        "9 10, 9, 9",
        "14 15 18, , 18",
    })
    void choosesTheSmallestThatIsNotOlder(String majors, Integer server, int chosen) {
        TreeSet<Integer> numbers = new TreeSet<>(
                Arrays.stream(majors.split(" ")).map(Integer::valueOf).toList());
        OptionalInt asked = server == null ? OptionalInt.empty() : OptionalInt.of(server);
        assertThat(PostgresMajors.choose(numbers, asked)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"150004, 15", "'90624\n', 9", "170000, 17", "'', ", "15.4, ", "1500040000, "})
    void readsTheMajorOfAVersionNumber(String number, Integer major) {
        assertThat(PostgresMajors.of(number)).isEqualTo(major == null ? OptionalInt.empty() : OptionalInt.of(major));
    }
}
