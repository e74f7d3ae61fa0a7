package io.mgnlbackup.cli;

/**
 * A backup that is stored.
 *
 * @param name of the object
 * @param size in bytes, as stored
 */
public record BackupDone(String name, long size) {}
