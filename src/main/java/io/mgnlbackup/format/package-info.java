/**
 * How objects of WAL mode look inside (docs/format.md), for those who read them: archives of base backups and WAL files, and bundles as
 * JSON. Everything is read as a stream and checked while it goes by.
 */
@NullMarked
package io.mgnlbackup.format;

import org.jspecify.annotations.NullMarked;
