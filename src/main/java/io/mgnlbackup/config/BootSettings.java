package io.mgnlbackup.config;

import java.nio.file.Path;

/**
 * What {@code boot} needs to know; it asks no store, since a bundle has links in it.
 *
 * @param datasource a link or a file, or {@code -} for a link on standard input
 * @param pgdata the data directory to restore into
 * @param outgoing how the servers in the links are reached
 * @param logLevel of our own log lines
 */
public record BootSettings(Secret datasource, Path pgdata, OutgoingSettings outgoing, Settings.LogLevel logLevel) {}
