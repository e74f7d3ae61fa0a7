package io.mgnlbackup.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The templates under {@code page/}; every value is escaped when it is put in. */
final class Templates {

    private Templates() {}

    /** Reads a template by its name. */
    static Template load(String name) {
        try (InputStream in = Templates.class.getResourceAsStream("/page/" + name + ".html")) {
            if (in == null) {
                throw new IllegalStateException("the template '" + name + "' is not in the program");
            }
            return Mustache.compiler()
                    .escapeHTML(true)
                    .nullValue("")
                    .emptyStringIsFalse(true)
                    .compile(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
