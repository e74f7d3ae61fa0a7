package io.mgnlbackup.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flag {@code --output} of commands that print a result. */
final class OutputOption {

    /** How a result is printed. */
    enum Format {
        /** For people. */
        TEXT,
        /** For programs. */
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<format>",
            description = "text (default) or json",
            converter = FormatReader.class)
    private Format format = Format.TEXT;

    /** The format that was asked for. */
    Format format() {
        return format;
    }

    /** Reads the name of a format, in any case. */
    static final class FormatReader implements ITypeConverter<Format> {
        @Override
        public Format convert(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "text" -> Format.TEXT;
                case "json" -> Format.JSON;
                default -> throw new TypeConversionException("'" + name + "' is not accepted; give text or json");
            };
        }
    }
}
