package io.mgnlbackup.catalog;

import com.github.f4b6a3.ulid.Ulid;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a backup started, by its own facts rather than the store's clock. */
final class EntryTime {

    private static final DateTimeFormatter IN_NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss");
    private static final Pattern NAME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}-\\d{6})(\\.sql\\.gz|(-[0-9A-Fa-z.]+)?-[a-z]+\\.(tar\\.gz|json\\.gz|json))$");

    private EntryTime() {}

    /** The time in the ULID, else the time in the name, else when the store got the object. */
    static Instant of(StoredObject object, Tags tags) {
        return tags.get(Catalog.ULID)
                .filter(Ulid::isValid)
                .map(ulid -> Ulid.getInstant(ulid))
                .or(() -> inName(object.key().value()))
                .orElse(object.lastModified());
    }

    private static Optional<Instant> inName(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(matcher.group(1), IN_NAME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // digits, but no date: such as 2021-13-45
        }
    }
}
