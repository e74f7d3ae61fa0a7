package io.mgnlbackup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.Tags;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What the answers of stores look like that say the same thing differently. */
class UploadCheckTest {

    private static final Tags TAGS = Tags.of(Map.of("heritage", "shop"));
    private static final String UPLOAD = "01KJK4RSZ5C0MFW8Q2D4V1Y0WQ";

    private final List<String> deleted = new ArrayList<>();

    /** A store that holds an object of ten bytes and this version. */
    private UploadCheck holding(String etag) {
        S3Client client = new S3Client() {
            @Override
            public HeadObjectResponse headObject(HeadObjectRequest request) {
                return HeadObjectResponse.builder()
                        .contentLength(10L)
                        .eTag(etag)
                        .metadata(TAGS.toMetadata(UPLOAD))
                        .build();
            }

            @Override
            public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
                deleted.add(request.key());
                return DeleteObjectResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "s3";
            }

            @Override
            public void close() {}
        };
        S3Bucket bucket = new S3Bucket(client, "backups", new S3Errors(URI.create("http://ceph:7480"), "backups"));
        return new UploadCheck(bucket, new ObjectKey("a.sql.gz"), TAGS, UPLOAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0123-2\"", "0123-2", "", "\"\""})
    void takesTheVersionWithAndWithoutQuotesAndNoVersionAtAll(String answered) {
        assertThat(holding("\"0123-2\"").confirm(10, Optional.of(answered)).etag())
                .isEqualTo("0123-2");
        assertThat(deleted).isEmpty();
    }

    @Test
    void refusesAndRemovesAnotherVersion() {
        assertThatThrownBy(() -> holding("\"0123-2\"").confirm(10, Optional.of("\"4567-2\"")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("0123-2")
                .hasMessageContaining("4567-2");
        assertThat(deleted).containsExactly("a.sql.gz");
    }
}
