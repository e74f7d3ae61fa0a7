package io.mgnlbackup.retention;

/**
 * What becomes of a backup.
 *
 * @param kept false: it is to be deleted
 * @param reason in words, for a log line, a table and the page
 */
public record Decision(Candidate backup, boolean kept, String reason) {}
