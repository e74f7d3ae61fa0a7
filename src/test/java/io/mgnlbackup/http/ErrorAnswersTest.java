package io.mgnlbackup.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorAnswersTest {

    private final ErrorAnswers answers = new ErrorAnswers(SecretMask.of(List.of("hush-hush")));

    @ParameterizedTest
    @CsvSource({"INVALID, 400", "NOT_FOUND, 404", "FORBIDDEN, 403", "BUSY, 429", "UNAVAILABLE, 503", "FAILED, 500"})
    void givesEachKindItsStatus(Problem.Kind kind, int status) {
        assertThat(answers.of(new Problem(kind, "it failed")).status()).isEqualTo(status);
    }

    @Test
    void doesNotBlameTheClientForRightsThatTheStoreDenies() {
        Problem denied = new StoreException(Problem.Kind.FORBIDDEN, "cannot list", null, false, null);
        assertThat(answers.of(denied).status()).isEqualTo(500);
    }

    @Test
    void masksSecretsInEveryPart() {
        Problem problem = new Problem(
                Problem.Kind.FAILED, "failed with hush-hush", "try without hush-hush", "said hush-hush", null);
        assertThat(String.valueOf(answers.of(problem).body()))
                .contains("failed with", "try without", "said")
                .doesNotContain("hush-hush");
    }

    @Test
    void saysNothingOfWhatHappenedInside() {
        Answer answer = answers.of(new IllegalStateException("a detail of the program"));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(String.valueOf(answer.body())).doesNotContain("detail of the program");
    }

    @Test
    void showsNothingThatATerminalOrABrowserWouldObey() {
        Problem problem = new Problem(Problem.Kind.INVALID, "a\r\nb\u001b\u202e", "c\0", "d\n\u009be", null);
        assertThat(answers.tell(problem).body()).isEqualTo(new ErrorBody("a??b??", "c?", "d\n?e"));
    }
}
