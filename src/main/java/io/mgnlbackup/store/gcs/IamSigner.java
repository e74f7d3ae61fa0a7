package io.mgnlbackup.store.gcs;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.Map;

/**
 * Signs with a service account's key that Google keeps (IAM Service Account Credentials API, "signBlob"). One call for each signature.
 *
 * @param endpoint of the API
 * @param account its e-mail address
 * @param credentials of somebody who may create tokens for the account, which the account itself need not be
 */
record IamSigner(URI endpoint, String account, GoogleCredentials credentials) implements ServiceAccountSigner {

    private static final int TIMEOUT_MILLIS = 10_000;

    @Override
    public String getAccount() {
        return account;
    }

    @Override
    public byte[] sign(byte[] text) {
        GenericUrl url = new GenericUrl(endpoint + "/v1/projects/-/serviceAccounts/" + account + ":signBlob");
        Map<String, String> body = Map.of("payload", Base64.getEncoder().encodeToString(text));
        try {
            HttpRequest request = new NetHttpTransport()
                    .createRequestFactory(new HttpCredentialsAdapter(credentials))
                    .buildPostRequest(url, new JsonHttpContent(GsonFactory.getDefaultInstance(), body))
                    .setConnectTimeout(TIMEOUT_MILLIS)
                    .setReadTimeout(TIMEOUT_MILLIS)
                    .setParser(new JsonObjectParser(GsonFactory.getDefaultInstance()));
            HttpResponse response = request.execute();
            try {
                Object signed = response.parseAs(GenericJson.class).get("signedBlob");
                return Base64.getDecoder().decode(String.valueOf(signed));
            } finally {
                response.disconnect();
            }
        } catch (IOException e) {
            throw new SigningException(e.getMessage(), e);
        }
    }
}
