package io.mgnlbackup.store.s3;

import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.store.ExactLengthStream;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Upload;
import java.io.Closeable;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * What the routes of the S3 store do themselves: whole operations ({@code put}, {@code list}, {@code delete}, {@code link}), and for
 * {@code get} and {@code head} the translation to and from the stock producers.
 */
public final class S3Store implements Closeable {

    /** S3 signs links for no longer. */
    private static final Duration LONGEST_LINK = Duration.ofDays(7);

    private final S3Bucket bucket;
    private final S3Presigner presigner;
    private final PartPlan plan;
    private final SidecarId sidecar;
    private final ExecutorService threads;

    /**
     * The store in the bucket of these settings. Client and presigner stay the caller's.
     *
     * @param sidecar marks unfinished uploads, so that the next start knows them
     */
    public S3Store(S3Client client, S3Presigner presigner, StoreSettings.S3 settings, SidecarId sidecar) {
        this.bucket = new S3Bucket(client, settings.bucket(), new S3Errors(settings.endpoint(), settings.bucket()));
        this.presigner = presigner;
        this.plan = new PartPlan(settings.partBytes(), settings.partsInFlight());
        this.sidecar = sidecar;
        this.threads = threads(settings.partsInFlight());
    }

    private static ExecutorService threads(int count) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(count, count, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "s3-part-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Creates the bucket where absent; fails with advice when it cannot be used. */
    public void ensureBucket() {
        new BucketCheck(bucket).ensure();
    }

    /**
     * Aborts the multipart uploads that killed processes left: see {@link S3Leftovers}. For the start of the server, not of a command
     * that runs beside it.
     *
     * @param prefix of our keys
     * @param othersBefore what other sidecars began earlier is left over too
     * @return how many uploads were aborted
     */
    public int cleanUp(String prefix, Instant othersBefore) {
        return new S3Leftovers(bucket, sidecar).removeFrom(prefix, othersBefore);
    }

    /** The most memory that the buffers of one upload take while its parts are of the first size. */
    public long memoryBytes() {
        return memoryBytes(plan.partBytes());
    }

    /** The most memory that the buffers of one upload of so many bytes take: see {@link PartPlan}. */
    public long memoryBytes(long objectBytes) {
        return plan.memoryBytes(objectBytes);
    }

    /** Stores an object: see {@link io.mgnlbackup.store.ObjectStore#put}. */
    public StoredObject put(Upload upload) {
        return new S3Upload(bucket, plan, threads, sidecar).run(upload);
    }

    /** A page of the listing; its objects come without tags. */
    public ListPage list(ListRequest request) {
        try {
            ListObjectsV2Response page = bucket.client()
                    .listObjectsV2(list -> list.bucket(bucket.name())
                            .prefix(request.prefix())
                            .continuationToken(request.token().orElse(null))
                            .maxKeys(ListPage.MAX_OBJECTS));
            List<StoredObject> objects = new ArrayList<>();
            page.contents().forEach(object -> listed(object).ifPresent(objects::add));
            boolean more = Boolean.TRUE.equals(page.isTruncated());
            return new ListPage(objects, more ? Optional.of(page.nextContinuationToken()) : Optional.empty());
        } catch (SdkException e) {
            throw bucket.errors().of("cannot list objects", e);
        }
    }

    /** Somebody else may have put an object of a name that none of ours has, for example one that ends with a slash. */
    private static Optional<StoredObject> listed(S3Object object) {
        return ObjectKey.parse(object.key())
                .map(key -> new StoredObject(
                        key,
                        object.size(),
                        object.lastModified(),
                        UploadCheck.unquoted(object.eTag()),
                        Optional.empty()));
    }

    /** Deletes objects: see {@link io.mgnlbackup.store.ObjectStore#delete}. */
    public void delete(List<ObjectKey> keys) {
        new S3Deletion(bucket).delete(keys);
    }

    /** A pre-signed link, good for as long as asked but for 7 days at most. */
    public URI link(LinkRequest request) {
        Duration validFor = request.validFor().compareTo(LONGEST_LINK) > 0 ? LONGEST_LINK : request.validFor();
        try {
            return URI.create(presigner
                    .presignGetObject(link -> link.signatureDuration(validFor)
                            .getObjectRequest(get ->
                                    get.bucket(bucket.name()).key(request.key().value())))
                    .url()
                    .toString());
        } catch (SdkException e) {
            throw bucket.errors().of("cannot sign a link to '" + request.key() + "'", e);
        }
    }

    /** The facts in the answer to HEAD. */
    public StoredObject stored(ObjectKey key, HeadObjectResponse head) {
        return UploadCheck.stored(key, head);
    }

    /** What to ask the SDK for. */
    public GetObjectRequest getObject(GetRequest request) {
        return GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(request.key().value())
                .range(request.offset() == 0 ? null : "bytes=" + request.offset() + "-")
                .build();
    }

    /** The bytes that the SDK answers with. */
    public Payload payload(ObjectKey key, ResponseInputStream<GetObjectResponse> response) {
        long length = response.response().contentLength();
        InputStream body = new ExactLengthStream(new S3Body(response), key, length);
        return Payload.ofLength(body, length);
    }

    /** What stands for an answer to a get that failed: nothing, if the offset is past the end; otherwise the failure. */
    public Payload noPayload(ObjectKey key, SdkException e) {
        if (e instanceof AwsServiceException answer && answer.statusCode() == 416) {
            return Payload.ofLength(InputStream.nullInputStream(), 0);
        }
        throw bucket.errors().of("cannot read '" + key + "'", e);
    }

    /** Throws what a route throws for a failure of a stock producer. */
    public void fail(String verb, ObjectKey key, SdkException e) {
        throw bucket.errors().of("cannot " + verb + " '" + key + "'", e);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
