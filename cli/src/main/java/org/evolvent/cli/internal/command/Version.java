package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.evolvent.runtime.EvolventException;
import picocli.CommandLine.IVersionProvider;

/** Says which Evolvent this is: its version, the commit that it was built from, and Java's version. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {text(built()), "Java " + Runtime.version()};
    }

    /** Returns, of what the build knew, {@code evolvent 0.1.0 (commit 4e0874c)}, whose commit is left out where there was no Git. */
    static String text(Properties built) {
        String commit = built.getProperty("commit");
        return "evolvent " + built.getProperty("version") + (commit.isEmpty() ? "" : " (commit " + commit + ")");
    }

    private static Properties built() {
        Properties built = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new EvolventException("version.properties is missing from this installation");
            }
            built.load(in);
        } catch (IOException e) {
            throw new EvolventException("version.properties cannot be read", e);
        }
        return built;
    }
}
