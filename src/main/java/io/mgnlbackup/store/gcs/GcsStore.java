package io.mgnlbackup.store.gcs;

import com.google.api.gax.paging.Page;
import com.google.cloud.BaseServiceException;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.SignUrlOption;
import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.store.ExactLengthStream;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Upload;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the routes of the Google Cloud Storage file call: each method is one operation of {@link io.mgnlbackup.store.ObjectStore}. */
public final class GcsStore implements Closeable {

    /** Google signs links for no longer. */
    private static final Duration LONGEST_LINK = Duration.ofDays(7);

    private final StoreSettings.Gcs settings;
    private final GcsErrors errors;
    private final GcsClient client;
    private final GcsBucket bucket;
    private final ExecutorService threads;

    /** The store in the bucket of these settings, which nobody has asked anything yet. */
    public GcsStore(StoreSettings.Gcs settings) {
        this.settings = settings;
        this.errors = new GcsErrors(settings);
        this.client = new GcsClient(settings, errors);
        this.bucket = new GcsBucket(client, settings.bucket(), errors);
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "gcs-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Creates the bucket where absent; fails with advice when it cannot be used. */
    public void ensureBucket() {
        new BucketCheck(bucket, settings).ensure();
    }

    /** The most memory that the buffers of one upload take. */
    public long memoryBytes() {
        return (long) GcsUpload.CHUNKS_IN_MEMORY * settings.chunkBytes();
    }

    /** Stores an object: see {@link io.mgnlbackup.store.ObjectStore#put}. */
    public StoredObject put(Upload upload) {
        return new GcsUpload(bucket, settings.chunkBytes(), threads).run(upload);
    }

    /** The facts of an object: see {@link io.mgnlbackup.store.ObjectStore#head}. */
    public StoredObject head(ObjectKey key) {
        return UploadCheck.stored(key, find("cannot read the facts of '" + key + "'", key));
    }

    private Blob find(String doing, ObjectKey key) {
        Blob blob;
        try {
            blob = bucket.storage().get(bucket.id(key));
        } catch (BaseServiceException e) {
            throw errors.of(doing, e);
        }
        if (blob == null) {
            throw errors.notFound(doing);
        }
        return blob;
    }

    /** The bytes of an object: see {@link io.mgnlbackup.store.ObjectStore#get}. A connection that is lost is made again, to the same generation. */
    public Payload get(GetRequest request) {
        Blob blob = find("cannot read '" + request.key() + "'", request.key());
        long length = Math.max(0, blob.getSize() - request.offset());
        if (length == 0) {
            return Payload.ofLength(InputStream.nullInputStream(), 0);
        }
        try {
            ReadChannel channel = bucket.storage()
                    .reader(
                            blob.getBlobId(),
                            BlobSourceOption.generationMatch(),
                            BlobSourceOption.shouldReturnRawInputStream(true));
            channel.setChunkSize(0); // no buffer: whoever reads has one
            channel.seek(request.offset());
            return Payload.ofLength(
                    new ExactLengthStream(Channels.newInputStream(channel), request.key(), length), length);
        } catch (IOException | BaseServiceException e) {
            throw errors.of("cannot read '" + request.key() + "'", e);
        }
    }

    /** A page of the listing; its objects come with their tags. */
    public ListPage list(ListRequest request) {
        List<BlobListOption> options = new ArrayList<>(List.of(
                BlobListOption.prefix(request.prefix()),
                BlobListOption.pageSize(ListPage.MAX_OBJECTS),
                BlobListOption.fields(
                        BlobField.NAME,
                        BlobField.SIZE,
                        BlobField.GENERATION,
                        BlobField.TIME_CREATED,
                        BlobField.METADATA)));
        request.token().ifPresent(token -> options.add(BlobListOption.pageToken(token)));
        try {
            Page<Blob> page = bucket.storage().list(bucket.name(), options.toArray(BlobListOption[]::new));
            List<StoredObject> objects = new ArrayList<>();
            page.getValues()
                    .forEach(blob -> ObjectKey.parse(blob.getName())
                            .map(key -> UploadCheck.stored(key, blob))
                            .ifPresent(objects::add));
            return new ListPage(objects, Optional.ofNullable(page.getNextPageToken()));
        } catch (BaseServiceException e) {
            throw errors.of("cannot list objects", e);
        }
    }

    /** Deletes objects: see {@link io.mgnlbackup.store.ObjectStore#delete}. */
    public void delete(List<ObjectKey> keys) {
        new GcsDeletion(bucket).delete(keys);
    }

    /** A link that the service account signed, good for as long as asked but for 7 days at most. */
    public URI link(LinkRequest request) {
        Duration validFor = request.validFor().compareTo(LONGEST_LINK) > 0 ? LONGEST_LINK : request.validFor();
        List<SignUrlOption> options =
                new ArrayList<>(List.of(SignUrlOption.withV4Signature(), SignUrlOption.signWith(client.signer())));
        settings.endpoint().ifPresent(endpoint -> options.add(SignUrlOption.withHostName(endpoint.getAuthority())));
        try {
            URI link = URI.create(bucket.storage()
                    .signUrl(
                            BlobInfo.newBuilder(bucket.id(request.key())).build(),
                            validFor.toSeconds(),
                            TimeUnit.SECONDS,
                            options.toArray(SignUrlOption[]::new))
                    .toString());
            return settings.endpoint()
                    .map(endpoint -> URI.create(endpoint.getScheme() + ":" + link.getRawSchemeSpecificPart()))
                    .orElse(link);
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw errors.notSigned("cannot sign a link to '" + request.key() + "'", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
