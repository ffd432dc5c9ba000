package org.evolvent.examples.translation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints the BLEU of the translations in one file by the references in another, a sentence a line, with six decimals. */
public final class BleuCommand {
    private BleuCommand() {}

    /** Exits with 2 if there are not two files with as many lines. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            fail("Usage: bleu TRANSLATIONS REFERENCES, a sentence a line, in UTF-8 (.gz is read, too)");
            return;
        }
        try {
            List<String> translations = TextFiles.lines(Path.of(arguments[0]));
            List<String> references = TextFiles.lines(Path.of(arguments[1]));
            System.out.printf(Locale.ROOT, "%.6f%n", Bleu.of(translations, references));
        } catch (IOException | IllegalArgumentException e) {
            fail("bleu: " + e.getMessage());
        }
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(2);
    }
}
