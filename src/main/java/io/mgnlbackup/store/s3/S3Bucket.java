package io.mgnlbackup.store.s3;

import software.amazon.awssdk.services.s3.S3Client;

/** A bucket and how to reach it: what every class here works on. */
record S3Bucket(S3Client client, String name, S3Errors errors) {}
