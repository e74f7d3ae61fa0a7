package io.mgnlbackup.cli;

import io.mgnlbackup.config.ValueChecks;
import io.mgnlbackup.process.Arguments;
import io.mgnlbackup.process.Expansion;
import io.mgnlbackup.schedule.Schedule;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Checks the values that belong to features, with the very code that uses them later. */
public final class FeatureChecks implements ValueChecks {

    @Override
    public void cron(String spec, ZoneId zone) {
        Schedule.parse(spec, zone);
    }

    @Override
    public void arguments(String text) {
        Arguments.split(text);
    }

    @Override
    public List<String> expanded(String text, Map<String, String> environment) {
        try {
            return Arguments.split(text).stream()
                    .map(argument -> Expansion.expand(argument, environment))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
