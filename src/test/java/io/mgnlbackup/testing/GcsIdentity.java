package io.mgnlbackup.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Who may call a {@link GcsServer}: one service account with one key, its tokens, its signatures, and what a metadata server says of it. */
final class GcsIdentity {

    static final String ACCOUNT = "backup@shop-123.iam.gserviceaccount.com";

    /** What Google's library names as the audience, wherever it sends the assertion. */
    private static final String GOOGLES_TOKENS = "https://oauth2.googleapis.com/token";

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final KeyPair key;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    GcsIdentity() {
        this.key = newKey();
    }

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a key file as Google hands it out, with the right key or another one. */
    Path writeKeyFile(Path file, URI server, boolean right) {
        KeyPair pair = right ? key : newKey();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        ObjectNode json = GcsCall.JSON
                .createObjectNode()
                .put("type", "service_account")
                .put("project_id", "shop-123")
                .put("private_key_id", "0123456789abcdef")
                .put("private_key", pem)
                .put("client_email", ACCOUNT)
                .put("client_id", "1234567890")
                .put("token_uri", server + "/token");
        try {
            return Files.write(file, GcsCall.JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean knows(String authorization) {
        return authorization.startsWith("Bearer ") && tokens.contains(authorization.substring(7));
    }

    /** From now on no token is known any more, as after an hour. */
    void forgetTokens() {
        tokens.clear();
    }

    /** The OAuth token endpoint: an assertion that is signed by the account's key (RFC 7523). */
    void token(GcsCall call, URI server) throws IOException {
        String assertion =
                GcsCall.form(new String(call.body(), StandardCharsets.US_ASCII)).get("assertion");
        String[] parts = assertion == null ? new String[0] : assertion.split("\\.");
        if (parts.length != 3 || !isSigned(parts)) {
            ObjectNode error = GcsCall.JSON
                    .createObjectNode()
                    .put("error", "invalid_grant")
                    .put("error_description", "Invalid JWT Signature.");
            call.answer(400, error);
            return;
        }
        JsonNode claims = GcsCall.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        if (!claims.path("iss").asText().equals(ACCOUNT)
                || !Set.of(server + "/token", GOOGLES_TOKENS)
                        .contains(claims.path("aud").asText())
                || claims.path("exp").asLong() < Instant.now().getEpochSecond()
                || claims.path("scope").asText().isEmpty()) {
            call.answer(400, GcsCall.JSON.createObjectNode().put("error", "invalid_grant"));
            return;
        }
        call.answer(200, newToken());
    }

    private ObjectNode newToken() {
        String token = "token-" + UUID.randomUUID();
        tokens.add(token);
        return GcsCall.JSON
                .createObjectNode()
                .put("access_token", token)
                .put("token_type", "Bearer")
                .put("expires_in", 3600);
    }

    private boolean isSigned(String[] jwt) {
        return verify(
                (jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(jwt[2]));
    }

    private boolean verify(byte[] text, byte[] signature) {
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initVerify(key.getPublic());
            rsa.update(text);
            return rsa.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What the metadata server of a virtual machine or pod answers. */
    void metadata(GcsCall call) throws IOException {
        call.exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
        if (!call.header("Metadata-Flavor").orElse("").equals("Google")) {
            call.answer(403);
        } else if (call.path.endsWith("/token")) {
            call.answer(200, newToken());
        } else if (call.path.endsWith("/default/email")) {
            text(call, ACCOUNT);
        } else if (call.path.endsWith("/service-accounts/") || call.path.endsWith("/default/")) {
            ObjectNode account = GcsCall.JSON.createObjectNode();
            account.putObject("default").put("email", ACCOUNT);
            call.answer(200, account);
        } else if (call.path.equals("/")) {
            text(call, "computeMetadata/");
        } else {
            call.answer(404);
        }
    }

    private static void text(GcsCall call, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        call.exchange.getResponseHeaders().set("Content-Type", "text/plain");
        call.exchange.sendResponseHeaders(200, bytes.length);
        call.exchange.getResponseBody().write(bytes);
        call.exchange.close();
    }

    /** IAM's {@code signBlob}: signs with the account's key, which the caller has not. */
    void signBlob(GcsCall call) throws IOException {
        if (!call.path.equals("/v1/projects/-/serviceAccounts/" + ACCOUNT + ":signBlob")) {
            call.error(404, "notFound", "Unknown service account");
            return;
        }
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(key.getPrivate());
            rsa.update(Base64.getDecoder().decode(call.json().path("payload").asText()));
            call.answer(
                    200,
                    GcsCall.JSON
                            .createObjectNode()
                            .put("keyId", "0123456789abcdef")
                            .put("signedBlob", Base64.getEncoder().encodeToString(rsa.sign())));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Whether a V4 signed URL is signed by this account and still good (Cloud Storage documentation, "V4 signing process"). */
    boolean allows(GcsCall call) {
        String date = call.query.getOrDefault("X-Goog-Date", "");
        String credential = call.query.getOrDefault("X-Goog-Credential", "");
        String signature = call.query.getOrDefault("X-Goog-Signature", "");
        if (!call.query.getOrDefault("X-Goog-Algorithm", "").equals("GOOG4-RSA-SHA256")
                || !credential.startsWith(ACCOUNT + "/")
                || !call.query.getOrDefault("X-Goog-SignedHeaders", "").equals("host")
                || signature.isEmpty()) {
            return false;
        }
        Duration validFor = Duration.ofSeconds(call.number("X-Goog-Expires").orElse(0L));
        Instant signed = Instant.from(BASIC.parse(date));
        if (validFor.compareTo(Duration.ofDays(7)) > 0 || !Instant.now().isBefore(signed.plus(validFor))) {
            return false;
        }
        String canonical = "GET\n" + call.path + "\n" + canonicalQuery(call) + "\nhost:"
                + call.header("Host").orElse("") + "\n\nhost\nUNSIGNED-PAYLOAD";
        String text = "GOOG4-RSA-SHA256\n" + date + "\n" + credential.substring(credential.indexOf('/') + 1) + "\n"
                + sha256(canonical);
        return verify(text.getBytes(StandardCharsets.UTF_8), HexFormat.of().parseHex(signature));
    }

    private static String canonicalQuery(GcsCall call) {
        TreeMap<String, String> signed = new TreeMap<>(call.query);
        signed.remove("X-Goog-Signature");
        return signed.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
