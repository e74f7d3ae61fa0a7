package io.mgnlbackup.store.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Some bytes of an object, in memory until they are sent.
 *
 * @param number counted from 1
 * @param buffers all full but the last
 */
record Part(int number, List<byte[]> buffers, long length) {

    /** The bytes for the SDK, which reads them anew for each try. */
    RequestBody body() {
        return RequestBody.fromContentProvider(this::stream, length, "application/octet-stream");
    }

    /** The {@code Content-MD5} header: the store refuses bytes that changed on their way. */
    String md5() {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            long left = length;
            for (byte[] buffer : buffers) {
                md5.update(buffer, 0, (int) Math.min(buffer.length, left));
                left -= buffer.length;
            }
            return Base64.getEncoder().encodeToString(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private InputStream stream() {
        List<InputStream> streams = new ArrayList<>();
        long left = length;
        for (byte[] buffer : buffers) {
            streams.add(new ByteArrayInputStream(buffer, 0, (int) Math.min(buffer.length, left)));
            left -= buffer.length;
        }
        return streams.size() == 1 ? streams.get(0) : new SequenceInputStream(Collections.enumeration(streams));
    }
}
