package io.mgnlbackup.store.local;

import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ObjectKey;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links that the sidecar itself serves: {@code <base>/files/<key>?expires=<epoch seconds>&signature=<base64url>}.
 *
 * <p>The signature is HMAC-SHA256 over the decimal expiry, a line feed and the key, without padding.
 */
public final class SignedLinks {

    /** What the path of a link starts with, before the key. */
    public static final String PATH = "/files/";

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{1,12}");

    private final LinkKey secret;
    private final Supplier<String> baseUrl;
    private final Clock clock;

    /**
     * Links signed with this secret.
     *
     * @param baseUrl how clients reach the sidecar, without a slash at the end; asked for each link
     */
    public SignedLinks(LinkKey secret, Supplier<String> baseUrl, Clock clock) {
        this.secret = secret;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    /** A link that is good from now for as long as asked. */
    public URI link(LinkRequest request) {
        String expires = Long.toString(clock.instant().plus(request.validFor()).getEpochSecond());
        return URI.create(baseUrl.get() + PATH + encoded(request.key()) + "?expires=" + expires + "&signature="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(request.key(), expires)));
    }

    /**
     * Whether a link was made by {@link #link} with this secret and has not expired.
     *
     * @param expires the parameter as it came, whatever it holds
     * @param signature the parameter as it came, whatever it holds
     */
    public boolean accepts(ObjectKey key, String expires, String signature) {
        if (!EPOCH_SECONDS.matcher(expires).matches()) {
            return false;
        }
        boolean signed = MessageDigest.isEqual(sign(key, expires), decoded(signature));
        return signed && clock.instant().getEpochSecond() <= Long.parseLong(expires);
    }

    private byte[] sign(ObjectKey key, String expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            return mac.doFinal((expires + "\n" + key.value()).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String encoded(ObjectKey key) {
        return Arrays.stream(key.value().split("/"))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
