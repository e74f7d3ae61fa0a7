package io.mgnlbackup.config;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of settings, and what hides secrets. */
public final class ConfigFuzz {

    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "μs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);
    private static final Pattern TERM = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?([a-zµμ]+)");
    private static final Pattern STRICT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final BigDecimal LIMIT = new BigDecimal(BigInteger.ONE.shiftLeft(63));

    private ConfigFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "duration", ConfigFuzz::duration,
                "instant", ConfigFuzz::instant,
                "address", ConfigFuzz::address,
                "byte-size", ConfigFuzz::byteSize,
                "service-url", ConfigFuzz::serviceUrl,
                "cycle", ConfigFuzz::cycle,
                "settings", SettingsFuzz::settings,
                "secret-mask", ConfigFuzz::secretMask,
                "argument-secrets", SettingsFuzz::argumentSecrets);
    }

    /** Agrees with a sum of decimals, to a nanosecond a term. */
    static void duration(byte[] input) {
        String text = Fuzzed.text(input);
        long nanos;
        try {
            nanos = GoDuration.parseNanos(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        require(GoDuration.parse(text).toNanos() == nanos, "both forms agree", text);
        require(GoDuration.parseNanos(nanos + "ns") == nanos, "what is printed is read", nanos);
        String unsigned = text.replaceFirst("^[+-]", "");
        Matcher term = TERM.matcher(unsigned);
        BigDecimal sum = BigDecimal.ZERO;
        int terms = 0;
        int end = 0;
        while (term.find() && term.start() == end) {
            String number = "0" + term.group(1) + "." + (term.group(2) == null ? "" : term.group(2)) + "0";
            sum = sum.add(new BigDecimal(number).multiply(BigDecimal.valueOf(NANOS.getOrDefault(term.group(3), 0L))));
            end = term.end();
            terms++;
            if (sum.subtract(LIMIT).abs().compareTo(BigDecimal.valueOf(terms)) <= 0) {
                return; // at the very limit the sum wraps, as it does in Go
            }
        }
        require(end == unsigned.length() || unsigned.equals("0"), "no other form is taken", text);
        BigDecimal off = sum.setScale(0, RoundingMode.DOWN)
                .subtract(BigDecimal.valueOf(nanos).abs())
                .abs();
        require(off.compareTo(BigDecimal.valueOf(terms)) <= 0, "the terms add up", text, nanos, sum);
    }

    /** What is printed is read again as the same; what Java reads of that form means the same. */
    static void instant(byte[] input) {
        String text = Fuzzed.text(input);
        Instant instant;
        try {
            instant = Rfc3339.parse(text);
        } catch (IllegalArgumentException e) {
            require(!(STRICT.matcher(text).matches() && isOfJava(text)), "Java reads it", text);
            return;
        }
        if (STRICT.matcher(text).matches() && isOfJava(text)) {
            require(OffsetDateTime.parse(text).toInstant().equals(instant), "Java reads the same", text, instant);
        }
        BigInteger nanos = Rfc3339.epochNanos(instant);
        BigInteger seconds = BigInteger.valueOf(instant.getEpochSecond()).multiply(BigInteger.valueOf(1_000_000_000));
        require(nanos.equals(seconds.add(BigInteger.valueOf(instant.getNano()))), "nanoseconds", text);
        String printed = Rfc3339.format(instant);
        int year = instant.atOffset(java.time.ZoneOffset.UTC).getYear();
        if (year >= 0 && year <= 9999) { // offsets of the first and last day lead out of what can be written
            require(Rfc3339.parse(printed).equals(instant), "what is printed is read", text, printed);
        }
    }

    private static boolean isOfJava(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static void address(byte[] input) {
        try {
            Address address = Address.parse(Fuzzed.text(input));
            require(address.port() >= 0 && address.port() <= Address.MAX_PORT, "a port", address);
            require(address.host().matches("[A-Za-z0-9._:%-]*"), "a host", address);
        } catch (Rejected e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    /** Agrees with the exact number; what is printed is never more than there is. */
    static void byteSize(byte[] input) {
        long bytes;
        try {
            bytes = ByteSize.parse(Fuzzed.text(input));
        } catch (IllegalArgumentException e) {
            return;
        }
        require(bytes >= 0, "not negative", bytes);
        Matcher shown = Pattern.compile("([0-9.]+) ([KMGTPE]i)?B").matcher(ByteSize.format(bytes));
        require(shown.matches(), "a number and a unit", ByteSize.format(bytes));
        int power = shown.group(2) == null ? 0 : "KMGTPE".indexOf(shown.group(2).charAt(0)) + 1;
        BigDecimal meant =
                new BigDecimal(shown.group(1)).multiply(BigDecimal.valueOf(1024).pow(power));
        require(meant.compareTo(BigDecimal.valueOf(bytes)) <= 0, "not rounded up", bytes, shown.group());
    }

    static void serviceUrl(byte[] input) {
        String text = Fuzzed.text(input);
        try {
            URI uri = ServiceUrl.endpoint(text, "https");
            require(uri.getHost() != null && uri.getRawUserInfo() == null, "a host and no credentials", uri);
            require(ServiceUrl.parse(uri.toString()).equals(uri), "what is printed is read", uri);
            require(!uri.toString().endsWith("/"), "no slash at the end", uri);
        } catch (Rejected e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    static void cycle(byte[] input) {
        try {
            Settings.Cycle cycle = Retentions.parse(Fuzzed.text(input));
            require(cycle.daily() >= 0 && cycle.weekly() >= 0 && cycle.monthly() >= 0, "no negative number", cycle);
        } catch (Rejected e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    /** No secret is left in a text, however it stands there; masking twice is masking once. */
    static void secretMask(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 4);
        List<String> secrets = lines.subList(0, 3);
        SecretMask mask = SecretMask.of(secrets);
        String masked = mask.mask(lines.get(3));
        require(mask.mask(masked).equals(masked), "masking twice is masking once", secrets, lines.get(3), masked);
        for (String secret : secrets) {
            if (secret.length() >= SecretMask.LEAST_LENGTH && !secret.matches("\\*+")) {
                require(!masked.contains(secret), "a secret is left", secret, lines.get(3), masked);
                String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
                require(!masked.contains(encoded), "a secret is left", encoded, lines.get(3), masked);
            }
        }
    }

    /** Variables of an input, a line each: the name of a setting without its prefix, and its value. */
    static Map<String, String> environment(byte[] input) {
        Map<String, String> environment = new TreeMap<>();
        for (String line : Fuzzed.text(input).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                environment.put(SettingKey.VARIABLE_PREFIX + line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return environment;
    }
}
