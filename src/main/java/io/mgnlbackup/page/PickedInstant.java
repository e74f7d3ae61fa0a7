package io.mgnlbackup.page;

import io.mgnlbackup.config.Rfc3339;
import io.mgnlbackup.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The instant that a person wants.
 *
 * @param time empty for the newest state
 * @param again when the clocks show the same time once more, as they do when they are set back
 */
record PickedInstant(Optional<Instant> time, Optional<Instant> again) {

    private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}([.]\\d{1,9})?)?");
    private static final Pattern LOST_PLUS = Pattern.compile(" (?=\\d{2}:\\d{2}$)");
    private static final int SHOWN = 80;

    /**
     * Reads {@code now}, what a field of the type {@code datetime-local} sends, or RFC 3339.
     *
     * @param zone whose clocks show a time without an offset
     * @throws Problem {@code INVALID} saying what is wrong
     */
    static PickedInstant parse(String text, ZoneId zone) {
        String stripped = text.strip();
        if (stripped.equals("now")) {
            return new PickedInstant(Optional.empty(), Optional.empty());
        }
        String withT = stripped.contains("T") ? stripped : stripped.replaceFirst(" ", "T");
        if (LOCAL.matcher(withT).matches()) {
            return local(withT, zone);
        }
        try {
            String withPlus = LOST_PLUS.matcher(withT).replaceFirst("+"); // which means a space in a URL
            return new PickedInstant(Optional.of(Rfc3339.parse(withPlus)), Optional.empty());
        } catch (IllegalArgumentException e) {
            throw invalid("'" + shortened(stripped) + "' is no instant");
        }
    }

    private static PickedInstant local(String text, ZoneId zone) {
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw invalid("'" + text + "' is on no calendar or clock");
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw invalid("the clocks of " + zone + " were set forward over " + text + ", so there is no such instant");
        }
        return new PickedInstant(
                Optional.of(local.toInstant(offsets.get(0))),
                offsets.size() < 2 ? Optional.empty() : Optional.of(local.toInstant(offsets.get(1))));
    }

    private static Problem invalid(String message) {
        return new Problem(
                Problem.Kind.INVALID,
                message,
                "accepted: a date and a time such as 2026-03-01 12:00:00, or with an offset 2026-03-01T12:00:00Z");
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
