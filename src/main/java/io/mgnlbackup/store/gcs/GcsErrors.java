package io.mgnlbackup.store.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.BaseServiceException;
import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.problem.Problem.Kind;
import io.mgnlbackup.store.Causes;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.tls.TlsFailure;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in a user's words what went wrong with a bucket, and which setting or role to look at. Never a secret. */
final class GcsErrors {

    private static final String CHECK_FILE = "check GOOGLE_APPLICATION_CREDENTIALS";
    private static final String NETWORK =
            "check the network between here and Google, and MGNLBACKUP_GCS_ENDPOINT if it is set";
    private static final String ROLES =
            "grant the service account roles/storage.objectAdmin on the bucket, and to create a bucket roles/storage.admin on the project";

    private final String place;

    GcsErrors(StoreSettings.Gcs settings) {
        this.place = "in bucket '" + settings.bucket() + "' of Google Cloud Storage"
                + settings.endpoint()
                        .map(endpoint -> " at " + endpoint.getScheme() + "://" + endpoint.getAuthority())
                        .orElse("");
    }

    /**
     * What the store throws for a failure of the client.
     *
     * @param doing what was being done to what, for example {@code cannot store 'a'}
     */
    StoreException of(String doing, Exception e) {
        if (e instanceof StoreException known) {
            return known;
        }
        BaseServiceException answer = Causes.find(e, BaseServiceException.class);
        if (answer != null && answer.getCode() >= 300) {
            return answered(doing, answer);
        }
        return unanswered(doing, e);
    }

    /** The same for an upload, where 404 and 410 mean the upload and not an object. */
    StoreException ofUpload(String doing, Exception e) {
        StoreException thrown = of(doing, e);
        BaseServiceException answer = Causes.find(e, BaseServiceException.class);
        boolean gone = thrown.kind() == Kind.NOT_FOUND || (answer != null && answer.getCode() == 410);
        return gone ? failure(Kind.FAILED, doing, "Google does not know the upload any more", null, true, e) : thrown;
    }

    /** A failure that no call of the client reported. */
    StoreException of(String doing, String reason, @Nullable String hint) {
        return new StoreException(Kind.FAILED, doing + " " + place + ": " + reason, hint, false, null);
    }

    /** The object is not there, which the client answers with null. */
    StoreException notFound(String doing) {
        return new StoreException(Kind.NOT_FOUND, doing + " " + place + ": there is no such object", null, false, null);
    }

    private StoreException answered(String doing, BaseServiceException e) {
        String message = String.valueOf(e.getMessage());
        String reason =
                "the store answered " + e.getCode() + (message.isEmpty() ? "" : " (" + firstLine(message) + ")");
        if (e.getCode() == 404 && message.contains("bucket does not exist")) {
            return failure(Kind.FAILED, doing, "there is no such bucket", "check MGNLBACKUP_BUCKET", false, e);
        }
        if (message.contains("project")
                && (message.contains("Unknown project") || message.contains("invalid project"))) {
            return failure(Kind.FAILED, doing, reason, "check MGNLBACKUP_GCS_PROJECTID", false, e);
        }
        if (e.getCode() == 404) {
            return failure(Kind.NOT_FOUND, doing, "there is no such object", null, false, e);
        }
        if (e.getCode() == 412) {
            return failure(Kind.FAILED, doing, "somebody else stored an object of that name meanwhile", null, true, e);
        }
        if (e.getCode() == 401) {
            return failure(Kind.FORBIDDEN, doing, reason, CHECK_FILE + " and the clock of this machine", false, e);
        }
        if (e.getCode() == 403) {
            return failure(Kind.FORBIDDEN, doing, reason, ROLES, false, e);
        }
        if (e.getCode() >= 500 || e.getCode() == 429 || e.getCode() == 408) {
            return failure(Kind.UNAVAILABLE, doing, reason, null, true, e);
        }
        return failure(Kind.FAILED, doing, reason, null, false, e);
    }

    private StoreException unanswered(String doing, Exception e) {
        if (Causes.find(e, InterruptedException.class) != null) {
            return failure(Kind.FAILED, doing, "interrupted", null, true, e);
        }
        HttpResponseException refused = Causes.find(e, HttpResponseException.class);
        if (refused != null && refused.getStatusCode() >= 400 && refused.getStatusCode() < 500) {
            return failure(
                    Kind.FORBIDDEN,
                    doing,
                    "Google gives no token for these credentials (" + refused.getStatusCode()
                            + described(refused).map(text -> " " + text).orElse("") + ")",
                    CHECK_FILE + ": the key may be deleted or disabled; and the clock of this machine",
                    false,
                    e);
        }
        if (Causes.find(e, UnknownHostException.class) != null) {
            return failure(Kind.UNAVAILABLE, doing, "unknown host", NETWORK, true, e);
        }
        Optional<TlsFailure> tls = TlsFailure.of(e);
        if (tls.isPresent()) {
            return failure(
                    Kind.UNAVAILABLE, doing, tls.get().reason(), tls.get().hint(), true, e);
        }
        return failure(Kind.UNAVAILABLE, doing, firstLine(Causes.ofNoAnswer(e)), NETWORK, true, e);
    }

    /** The description in an answer of the token service (RFC 6749, section 5.2); never its whole body. */
    private static Optional<String> described(HttpResponseException e) {
        String content = e.getContent() == null ? "" : e.getContent();
        java.util.regex.Matcher error = java.util.regex.Pattern.compile(
                        "\"error(?:_description)?\"\\s*:\\s*\"([^\"]{1,200})\"")
                .matcher(content);
        String found = null;
        while (error.find()) {
            found = error.group(1);
        }
        return Optional.ofNullable(found);
    }

    /** The key file cannot be read, or is none. */
    StoreException badKeyFile(Path file, Exception e) {
        String reason = e instanceof NoSuchFileException
                ? "there is no such file"
                : e instanceof IOException && Causes.find(e, java.nio.file.FileSystemException.class) != null
                        ? "it cannot be read"
                        : "it holds no credentials of Google";
        return new StoreException(
                Kind.FORBIDDEN,
                "cannot use the key file '" + file + "': " + reason,
                CHECK_FILE + ": the JSON file that 'gcloud iam service-accounts keys create' writes",
                false,
                e);
    }

    /** There is no key file, and nothing else either. */
    StoreException noCredentials(IOException e) {
        return new StoreException(
                Kind.FORBIDDEN,
                "cannot reach the store " + place + ": there are no credentials",
                "set GOOGLE_APPLICATION_CREDENTIALS to a key file, or give this machine or pod a service account",
                true,
                e);
    }

    /** The credentials belong to nobody who has a key. */
    StoreException cannotSign(String credentials) {
        return new StoreException(
                Kind.FORBIDDEN,
                "cannot sign a link " + place + ": the credentials (" + credentials + ") belong to no service account",
                "use a key file, or a service account that may create tokens for itself",
                false,
                null);
    }

    /** A link could not be signed. */
    StoreException notSigned(String doing, Exception e) {
        HttpResponseException answer = Causes.find(e, HttpResponseException.class);
        if (answer != null && answer.getStatusCode() >= 400 && answer.getStatusCode() < 500) {
            return failure(
                    Kind.FORBIDDEN,
                    doing,
                    "IAM refuses to sign (" + answer.getStatusCode() + ")",
                    "grant the service account roles/iam.serviceAccountTokenCreator on itself and enable the IAM Service Account Credentials API, or use a key file",
                    false,
                    e);
        }
        return of(doing, e);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private StoreException failure(
            Kind kind, String doing, String reason, @Nullable String hint, boolean retryable, Exception cause) {
        return new StoreException(kind, doing + " " + place + ": " + reason, hint, retryable, cause);
    }
}
