package io.mgnlbackup.cli;

import io.mgnlbackup.config.ValueChecks;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Checks the values that belong to features, with the very code that uses them later. */
final class FeatureChecks implements ValueChecks {

    @Override
    public void cron(String spec, ZoneId zone) {}

    @Override
    public void arguments(String text) {}

    /** Arguments as the dump command will get them; none when they cannot be split. */
    List<String> expanded(String text, Map<String, String> environment) {
        return List.of(text.split(" ", -1));
    }
}
