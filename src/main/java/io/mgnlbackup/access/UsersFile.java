package io.mgnlbackup.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of users, looked at again and again. What changes is known by its content, since a secret of Kubernetes is swapped by a link. A
 * file that is broken, empty or gone changes nothing: whoever was let in before still is, and nobody else.
 */
public final class UsersFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);

    /** How long after a change it holds. */
    public static final Duration PERIOD = Duration.ofSeconds(2);

    /** Thousands of users fit. */
    static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final Consumer<Users> changed;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "users-file");
        thread.setDaemon(true);
        return thread;
    });
    private Users users;
    private String trouble = "";

    /** Looks at nothing yet; these users were read from the file at the start. */
    public UsersFile(Path file, Users users, Consumer<Users> changed) {
        this.file = file;
        this.users = users;
        this.changed = changed;
    }

    /** Looks from now on. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is thrown there
    public void watch() {
        watch.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once; never fails. */
    void look() {
        try {
            take(Users.parse(read()));
            trouble = "";
        } catch (CharacterCodingException e) {
            keep("it is not UTF-8 text");
        } catch (NoSuchFileException e) {
            keep("it is gone");
        } catch (IOException e) {
            keep("it cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            keep(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            keep("it cannot be used: " + e);
        }
    }

    private String read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException("it is larger than " + (MOST_BYTES >> 20) + " MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    private void take(Users found) {
        if (found.equals(users)) {
            if (!trouble.isEmpty()) {
                LOG.info("the file of users '{}' is in order again", file);
            }
            return;
        }
        Set<String> gone = names(users);
        gone.removeAll(names(found));
        Set<String> come = names(found);
        come.removeAll(names(users));
        users = found;
        changed.accept(found);
        LOG.info(
                "the file of users '{}' has changed: {} users now, added {}, removed {}",
                file,
                found.all().size(),
                come,
                gone);
    }

    /** One line for each kind of trouble, however long it lasts. */
    private void keep(String why) {
        if (!trouble.equals(why)) {
            trouble = why;
            LOG.warn(
                    "the file of users '{}' is not taken, the {} users of before stay: {}",
                    file,
                    users.all().size(),
                    why);
        }
    }

    private static Set<String> names(Users users) {
        return users.all().stream().map(User::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
