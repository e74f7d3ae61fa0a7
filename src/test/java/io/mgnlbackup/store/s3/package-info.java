/** Tests of the S3 store. */
@NullMarked
package io.mgnlbackup.store.s3;

import org.jspecify.annotations.NullMarked;
