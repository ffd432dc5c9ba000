package org.evolvent.examples.gan;

/** How the commands of this example end when they are called in a wrong way, or have no data: with a message and status 2. */
final class Usage {
    /** What a command does. */
    interface Command {
        void run() throws Exception;
    }

    private Usage() {}

    /** Runs a command; a wrong argument prints how it is used. */
    static void check(String usage, Command command) throws Exception {
        try {
            command.run();
        } catch (MissingDataException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\nusage: " + usage);
            System.exit(2);
        }
    }
}
