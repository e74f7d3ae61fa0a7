package io.mgnlbackup.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of every error.
 *
 * @param error what failed
 * @param hint what to do about it
 * @param detail what a child process said last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorBody(
        String error, @Nullable String hint, @Nullable String detail) {}
