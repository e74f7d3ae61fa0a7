package io.mgnlbackup.store.s3;

import io.mgnlbackup.problem.Problem.Kind;
import io.mgnlbackup.store.Causes;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.tls.TlsFailure;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in a user's words what went wrong with a bucket, and which setting to look at. Never a secret. */
final class S3Errors {

    private static final String CHECK_KEYS =
            "check MGNLBACKUP_S3_ACCESSKEY and MGNLBACKUP_S3_SECRETKEY, or the role of the default credential chain";

    private final String place;

    /** Errors of this bucket at this endpoint. */
    S3Errors(URI endpoint, String bucket) {
        this.place = "in bucket '" + bucket + "' at " + endpoint.getScheme() + "://" + endpoint.getHost()
                + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    /**
     * What the store throws for a failure of the SDK.
     *
     * @param doing what was being done to what, for example {@code cannot store 'a'}
     */
    StoreException of(String doing, SdkException e) {
        return e instanceof AwsServiceException answer ? answered(doing, answer) : unanswered(doing, e);
    }

    /** A failure that no call of the SDK reported. */
    StoreException of(String doing, String reason, @Nullable String hint) {
        return new StoreException(Kind.FAILED, doing + " " + place + ": " + reason, hint, false, null);
    }

    private StoreException answered(String doing, AwsServiceException e) {
        String code = codeOf(e);
        int status = e.statusCode();
        if (code.equals("NoSuchBucket")) {
            return failure(Kind.FAILED, doing, "there is no such bucket", "check MGNLBACKUP_BUCKET", false, e);
        }
        if (isWrongRegion(code, status)) {
            return failure(Kind.FAILED, doing, reason(e), regionHint(e), false, e);
        }
        if (status == 404) {
            return failure(Kind.NOT_FOUND, doing, "there is no such object", null, false, e);
        }
        if (status == 401 || status == 403) {
            return failure(Kind.FORBIDDEN, doing, reason(e), accessHint(code), false, e);
        }
        if (status >= 500 || status == 429 || e.isThrottlingException() || code.equals("RequestTimeout")) {
            return failure(Kind.UNAVAILABLE, doing, reason(e), null, true, e);
        }
        return failure(Kind.FAILED, doing, reason(e), null, false, e);
    }

    private static boolean isWrongRegion(String code, int status) {
        return status == 301
                || code.equals("PermanentRedirect")
                || code.equals("AuthorizationHeaderMalformed")
                || code.equals("IllegalLocationConstraintException");
    }

    private static String regionHint(AwsServiceException e) {
        return "check MGNLBACKUP_S3_REGION and MGNLBACKUP_S3_ENDPOINT"
                + (e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null
                        ? ""
                        : e.awsErrorDetails()
                                .sdkHttpResponse()
                                .firstMatchingHeader("x-amz-bucket-region")
                                .map(region -> ": the bucket is in region '" + region + "'")
                                .orElse(""));
    }

    private static String accessHint(String code) {
        return switch (code) {
            case "SignatureDoesNotMatch" -> "check MGNLBACKUP_S3_SECRETKEY";
            case "InvalidAccessKeyId" -> "check MGNLBACKUP_S3_ACCESSKEY";
            case "RequestTimeTooSkewed" ->
                "set the clock of this machine: the store refuses times that are too far from its own";
            case "AccessDenied" -> "let the policy of these credentials read, write, list and delete in this bucket";
            default -> CHECK_KEYS + ", their policy, and the clock of this machine";
        };
    }

    private StoreException unanswered(String doing, SdkException e) {
        if (e instanceof AbortedException || Causes.find(e, InterruptedException.class) != null) {
            return failure(Kind.FAILED, doing, "interrupted", null, true, e);
        }
        if (String.valueOf(e.getMessage()).contains("Unable to load credentials")) {
            return failure(Kind.FORBIDDEN, doing, "there are no credentials", CHECK_KEYS, false, e);
        }
        if (Causes.find(e, UnknownHostException.class) != null) {
            return failure(Kind.UNAVAILABLE, doing, "unknown host", "check MGNLBACKUP_S3_ENDPOINT", true, e);
        }
        Optional<TlsFailure> tls = TlsFailure.of(e);
        if (tls.isPresent()) {
            return failure(Kind.UNAVAILABLE, doing, tls.get().reason(), tlsHint(tls.get()), true, e);
        }
        return failure(Kind.UNAVAILABLE, doing, Causes.ofNoAnswer(e), "check MGNLBACKUP_S3_ENDPOINT", true, e);
    }

    private static String tlsHint(TlsFailure tls) {
        return tls.reason().contains("does not speak TLS")
                ? "set MGNLBACKUP_S3_INSECURE to true if the store speaks plain HTTP"
                : tls.hint();
    }

    /** The error code of an answer, empty when it has none: answers to HEAD have no body. */
    static String codeOf(AwsServiceException e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
    }

    private static String reason(AwsServiceException e) {
        String code = codeOf(e);
        String message =
                e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
        return "the store answered " + e.statusCode() + (code.isEmpty() ? "" : " " + code)
                + (message == null || message.isEmpty() ? "" : " (" + message + ")");
    }

    private StoreException failure(
            Kind kind, String doing, String reason, @Nullable String hint, boolean retryable, SdkException cause) {
        return new StoreException(kind, doing + " " + place + ": " + reason, hint, retryable, cause);
    }
}
