package org.evolvent.cli.command;

import picocli.CommandLine.IVersionProvider;

/** Says which Evolvent this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"evolvent " + (version == null ? "(development)" : version), "Java " + Runtime.version()};
    }
}
