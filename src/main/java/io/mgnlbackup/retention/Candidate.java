package io.mgnlbackup.retention;

import java.time.Instant;

/**
 * A complete backup that retention decides on.
 *
 * @param name unique
 * @param time when it started
 */
public record Candidate(String name, Instant time) {}
