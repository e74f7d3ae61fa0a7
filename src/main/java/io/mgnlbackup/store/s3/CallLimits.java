package io.mgnlbackup.store.s3;

import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** How long one try of a call may take: a store that stops reading would otherwise hold a thread for ever. */
final class CallLimits {

    /** For calls of small messages. */
    static final Duration SMALL = Duration.ofMinutes(2);

    /** A slower line is taken for a broken one. */
    private static final long LEAST_BYTES_PER_SECOND = 64 * 1024;

    private CallLimits() {}

    /** For a call that sends so many bytes. */
    static Consumer<AwsRequestOverrideConfiguration.Builder> sending(long bytes) {
        Duration limit = Duration.ofMinutes(1).plusSeconds(bytes / LEAST_BYTES_PER_SECOND);
        return override -> override.apiCallAttemptTimeout(limit);
    }

    /** For a call that makes the store put thousands of parts together. */
    static Consumer<AwsRequestOverrideConfiguration.Builder> completing() {
        return override -> override.apiCallAttemptTimeout(Duration.ofMinutes(15));
    }
}
