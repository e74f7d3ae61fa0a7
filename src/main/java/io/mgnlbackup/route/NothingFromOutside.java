package io.mgnlbackup.route;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Lets nothing that a client sent become a message header, since headers steer components, and lets only a few headers out.
 *
 * <p>What a client may say is read by {@link HttpRequestReader} from the request itself.
 */
public final class NothingFromOutside implements HeaderFilterStrategy {

    private static final Set<String> OUT = Set.of("cache-control", "content-type", "location", "retry-after");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
