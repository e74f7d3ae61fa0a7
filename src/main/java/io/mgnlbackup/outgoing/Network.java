package io.mgnlbackup.outgoing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A network of IPv4 addresses, such as 10.0.0.0/8.
 *
 * @param bits how many at the front are the same in all of its addresses
 */
record Network(int address, int bits) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})/(\\d{1,2})");
    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    /** The network that a text is; none when it is something else. */
    static Stream<Network> parse(String text) {
        Matcher found = FORM.matcher(text);
        if (!found.matches() || Integer.parseInt(found.group(2)) > 32) {
            return Stream.of();
        }
        return address(found.group(1)).map(address -> new Network(address, Integer.parseInt(found.group(2))));
    }

    /** Whether this is an address in it; a name is none. */
    boolean contains(String host) {
        int mask = bits == 0 ? 0 : -1 << (32 - bits);
        return address(host).anyMatch(other -> (other & mask) == (address & mask));
    }

    private static Stream<Integer> address(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            return Stream.of();
        }
        int address = 0;
        for (int i = 1; i <= 4; i++) {
            int part = Integer.parseInt(parts.group(i));
            if (part > 255) {
                return Stream.of();
            }
            address = (address << 8) | part;
        }
        return Stream.of(address);
    }
}
