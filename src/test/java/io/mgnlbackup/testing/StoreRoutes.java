package io.mgnlbackup.testing;

import io.mgnlbackup.route.RouteObjectStore;
import io.mgnlbackup.store.ObjectStore;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The routes of one store file, and nothing else, in a Camel context of their own. */
public final class StoreRoutes implements AutoCloseable {

    private final CamelContext context;

    /**
     * Loads and starts the routes.
     *
     * @param file for example {@code store-local.camel.yaml}
     * @param beans by the names that the file refers to
     * @param properties that the file refers to
     */
    public StoreRoutes(String file, Map<String, Object> beans, Map<String, String> properties) {
        context = new DefaultCamelContext();
        try {
            beans.forEach(context.getRegistry()::bind);
            properties.forEach(context.getPropertiesComponent()::addInitialProperty);
            Resource routes = ResourceHelper.resolveMandatoryResource(context, "classpath:routes/" + file);
            PluginHelper.getRoutesLoader(context).loadRoutes(routes);
            context.start();
        } catch (Exception e) {
            context.stop();
            throw new IllegalStateException("the routes of " + file + " do not start", e);
        }
    }

    /** The store that these routes make. */
    public ObjectStore store() {
        return new RouteObjectStore(() -> context);
    }

    /** The context that they run in. */
    public CamelContext context() {
        return context;
    }

    @Override
    public void close() {
        context.stop();
    }
}
