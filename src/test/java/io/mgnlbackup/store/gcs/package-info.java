/** Tests of the S3 store. */
@NullMarked
package io.mgnlbackup.store.gcs;

import org.jspecify.annotations.NullMarked;
