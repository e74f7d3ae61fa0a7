package io.mgnlbackup.page;

import com.samskivert.mustache.Template;
import io.mgnlbackup.http.Answer;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.http.ErrorBody;
import java.util.Map;
import java.util.Optional;

/** Shows an error to a person, where a program gets JSON. */
public final class ErrorPage {

    private final ErrorAnswers errors;
    private final Template template = Templates.load("error");

    /** Says what these say. */
    public ErrorPage(ErrorAnswers errors) {
        this.errors = errors;
    }

    /** The page for a request that failed. */
    public Answer of(Throwable failure) {
        ErrorAnswers.Told told = errors.tell(failure);
        ErrorBody body = told.body();
        return Answer.html(
                told.status(),
                template.execute(Map.of(
                        "status",
                        told.status(),
                        "error",
                        body.error(),
                        "hint",
                        Optional.ofNullable(body.hint()).orElse(""),
                        "detail",
                        Optional.ofNullable(body.detail()).orElse(""))));
    }
}
