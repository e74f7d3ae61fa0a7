package io.mgnlbackup.store.local;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Links that come back, and files that lie in the folder of a store. */
public final class LocalFuzz {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private LocalFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("signed-links", LocalFuzz::links, "store-layout", LocalFuzz::layout);
    }

    private static final class Links {

        private static final SignedLinks LINKS = create();

        private static SignedLinks create() {
            try {
                Path folder = Files.createTempDirectory("mgnlbackup-fuzz");
                return new SignedLinks(new LinkKey(folder), () -> "http://h", Clock.fixed(NOW, ZoneOffset.UTC));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Nothing but a link that was given out is accepted, and that one is. */
    static void links(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 3);
        Optional<ObjectKey> key = ObjectKey.parse(lines.get(2));
        if (key.isEmpty()) {
            return;
        }
        String expires = lines.get(0);
        require(!Links.LINKS.accepts(key.get(), expires, lines.get(1)), "a forged link is accepted", lines);
        URI link = Links.LINKS.link(new LinkRequest(key.get(), Duration.ofHours(1)));
        require(link.getPath().equals(SignedLinks.PATH + key.get().value()), "the path names the object", link);
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : link.getRawQuery().split("&", -1)) {
            parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        String end = parameters.getOrDefault("expires", "");
        String signature = parameters.getOrDefault("signature", "");
        require(Links.LINKS.accepts(key.get(), end, signature), "a link that was given out", link);
        require(end.equals(expires) || !Links.LINKS.accepts(key.get(), expires, signature), "of another time", lines);
        ObjectKey other = new ObjectKey(key.get().value() + "x");
        require(!Links.LINKS.accepts(other, end, signature), "of another object", lines);
    }

    /** An object has a file of its own inside of the folder; a file of tags belongs to an object beside it. */
    static void layout(byte[] input) {
        String text = Fuzzed.text(input);
        Layout layout = new Layout(Path.of("/store"));
        Optional<Path> file = ObjectKey.parse(text).flatMap(layout::object);
        if (file.isEmpty()) {
            return;
        }
        require(file.get().startsWith(layout.root()) && file.get().normalize().equals(file.get()), "inside", file);
        require(Layout.tagsName(file.get()).isEmpty(), "no object is a file of tags", file);
        for (Path tags : List.of(Layout.tags(file.get()), Layout.pendingTags(file.get(), "a-1"))) {
            Optional<Layout.TagsName> name = Layout.tagsName(tags);
            require(name.isPresent() && name.get().object().equals(file.get()), "its object", tags, name);
            require(Layout.isHidden(String.valueOf(tags.getFileName())), "hidden", tags);
        }
    }
}
