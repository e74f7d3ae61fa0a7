package io.mgnlbackup.page;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import com.samskivert.mustache.Template;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.http.HttpFuzz;
import io.mgnlbackup.http.Request;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.query.TagQuery;
import io.mgnlbackup.store.Tags;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a browser sends, and what it gets to see. */
public final class PageFuzz {

    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
    private static final String HARMLESS = "x";

    private PageFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "picked-instant", PageFuzz::instant,
                "page-links", PageFuzz::links,
                "page-tag-link", PageFuzz::tagLink,
                "page-html", PageFuzz::html,
                "error-html", PageFuzz::errorHtml);
    }

    static void instant(byte[] input) {
        try {
            PickedInstant picked = PickedInstant.parse(Fuzzed.text(input), ZURICH);
            require(picked.time().isPresent() || picked.again().isEmpty(), "a second one only with a first", picked);
            picked.again()
                    .ifPresent(again -> require(again.isAfter(picked.time().orElseThrow()), "in this order", picked));
            picked.time().ifPresent(time -> new LocalTimes(ZURICH).forField(time));
        } catch (Problem e) {
            require(e.kind() == Problem.Kind.INVALID && e.getMessage().length() < 200, "a reason", e.getMessage());
        }
    }

    /** The link to what is shown asks for the same again. */
    static void links(byte[] input) {
        PageRequest page;
        try {
            page = PageRequest.of(HttpFuzz.read(input));
        } catch (Problem e) {
            require(e.kind() == Problem.Kind.INVALID, "the client's mistake", e.kind());
            return;
        }
        require(ask(page.link()).equals(page), "the same again", page, page.link());
        require(ask(page.sortedBy("name").link()).key().equals("name"), "by name", page);
    }

    private static PageRequest ask(String link) {
        String query = URI.create(link).getRawQuery();
        Map<String, List<String>> parameters = new java.util.TreeMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals),
                    List.of(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)));
        }
        Request base = HttpFuzz.read("/list\n\n".getBytes(StandardCharsets.UTF_8));
        return PageRequest.of(new Request("GET", "/list", parameters, "", base.caller()));
    }

    /** The link of a tag leads to a query that the tag fits. */
    static void tagLink(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 2);
        if (lines.get(0).isEmpty() || Fuzzed.text(input).length() > TagQuery.MAX_LENGTH / 8) {
            return;
        }
        if (!lines.get(0).matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return; // a query has no words for it: with a blank in front it is another tag's name
        }
        PageRequest page = ask("/list").filteredBy(lines.get(0), lines.get(1));
        TagQuery query;
        try {
            query = TagQuery.parse(page.query());
        } catch (Problem e) {
            throw new AssertionError("the link of a tag: " + lines, e);
        }
        require(query.matches(Tags.of(Map.of(lines.get(0), lines.get(1)))), "the tag fits", lines, page.query());
        require(!query.matches(Tags.of(Map.of(lines.get(0), lines.get(1) + "x"))), "others do not", lines);
    }

    private static final class Pages {

        private static final Template LIST = Templates.load("list");
        private static final String PLAIN = LIST.execute(filled(View.class, HARMLESS));
        private static final ErrorPage ERROR = new ErrorPage(new ErrorAnswers(SecretMask.PATTERNS_ONLY));
        private static final String PLAIN_ERROR = body(HARMLESS);

        private static String body(String text) {
            return String.valueOf(ERROR.of(new Problem(Problem.Kind.FAILED, text, text, text, null))
                    .body());
        }
    }

    /** No text makes an element, an attribute or the end of one, wherever it stands on the page. */
    static void html(byte[] input) {
        String text = Fuzzed.text(input);
        if (!text.isEmpty()) {
            sameShape(Pages.LIST.execute(filled(View.class, text)), Pages.PLAIN, text);
        }
    }

    static void errorHtml(byte[] input) {
        String text = Fuzzed.text(input);
        if (!text.isEmpty()) {
            sameShape(Pages.body(text), Pages.PLAIN_ERROR, text);
        }
    }

    private static void sameShape(String page, String plain, String text) {
        for (char c : "<>\"'".toCharArray()) {
            long count = page.chars().filter(found -> found == c).count();
            long expected = plain.chars().filter(found -> found == c).count();
            require(count == expected, "a text becomes a part of the page", c, text);
        }
    }

    /** A record with this text wherever there is one, and everything shown. */
    private static <T> T filled(Class<T> type, String text) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(Arrays.stream(components)
                    .map(component -> value(component.getGenericType(), text))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Type type, String text) {
        if (type instanceof ParameterizedType list) {
            return List.of(value(list.getActualTypeArguments()[0], text));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return text;
        }
        if (plain == boolean.class) {
            return true;
        }
        if (plain == long.class) {
            return 1L;
        }
        return plain == int.class ? (Object) 1 : filled(plain.asSubclass(Record.class), text);
    }
}
