package io.mgnlbackup.config;

import java.util.ArrayList;
import java.util.List;

/** Reads how long backups stay, from CYCLE and KEEPDAYS. */
final class Retentions {

    private static final int MOST = 100_000;
    private static final Settings.Cycle STAND_IN = new Settings.Cycle(0, 0, 0);

    private final Values values;
    private final Findings findings;

    Retentions(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /** The cycle that holds; what beats what goes into the warnings. */
    Settings.Cycle read() {
        Settings.Cycle cycle = values.parse(SettingKey.CYCLE, STAND_IN, Retentions::parse);
        int keepDays = values.number(SettingKey.KEEPDAYS, 0, MOST);
        boolean cycleGiven = values.get(SettingKey.CYCLE).isGiven();
        if (keepDays == 0) {
            warnOfZero(cycleGiven);
            return cycle;
        }
        if (cycleGiven) {
            findings.warning(label(SettingKey.KEEPDAYS) + "=" + keepDays + " beats " + label(SettingKey.CYCLE)
                    + ": backups of the newest " + keepDays + " days are kept, nothing weekly or monthly");
        }
        return new Settings.Cycle(keepDays, 0, 0);
    }

    private void warnOfZero(boolean cycleGiven) {
        SettingValue keepDays = values.get(SettingKey.KEEPDAYS);
        if (keepDays.isGiven() && keepDays.text().strip().equals("0") && !cycleGiven) {
            findings.warning(keepDays.label() + "=0 means the default cycle " + SettingKey.CYCLE.fallback() + "; set "
                    + SettingKey.CYCLE.variable() + "=0,0,0 to keep everything");
        }
    }

    private String label(SettingKey key) {
        return values.get(key).label();
    }

    /** Reads {@code daily,weekly,monthly}; throws {@link IllegalArgumentException} saying what is wrong. */
    static Settings.Cycle parse(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String number = part.strip();
            if (!number.matches("\\d{1,6}") || Integer.parseInt(number) > MOST) {
                throw new Rejected("'" + number + "' is not a whole number up to " + MOST);
            }
            numbers.add(Integer.parseInt(number));
        }
        if (numbers.size() != 3) {
            throw new Rejected("there are " + numbers.size() + " numbers instead of three");
        }
        return new Settings.Cycle(numbers.get(0), numbers.get(1), numbers.get(2));
    }
}
