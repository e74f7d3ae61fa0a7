/**
 * PostgreSQL's own words and file formats: positions in the write-ahead log, the names and headers of its files, timelines, backup labels.
 * Nothing here touches a disk or a network.
 */
@NullMarked
package io.mgnlbackup.postgres;

import org.jspecify.annotations.NullMarked;
