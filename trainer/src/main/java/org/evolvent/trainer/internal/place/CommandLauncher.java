package org.evolvent.trainer.internal.place;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Places to which a command leads, such as {@code ssh host}. It may lose the working directory and the variables on the way: the former goes
 * with the words, the latter through standard input, so that nobody sees them in a list of processes.
 */
public final class CommandLauncher implements Launcher {
    /** In its words for the host of a slot. */
    public static final String HOST = "{host}";

    /**
     * In the place, before the trainer: its directory, its variables, its process group, and a look every two seconds whether what brought
     * the session here is still there. When it is not, say because the connection is broken, all of the group is killed. What brought a
     * session into a container cannot be seen from inside. From {@code /proc}, since images of containers often have no {@code ps}.
     */
    private static final String NAME = "cd \"$1\" || exit 126; shift; "
            + "while IFS= read -r line && [ -n \"$line\" ]; do export \"$(printf %b \"$line\")\"; done; "
            + "read -r own name state parent place leader rest </proc/$$/stat; "
            + "bringer() { while read -r key value; do [ \"$key\" = PPid: ] && echo \"$value\"; done </proc/\"$leader\"/status; }; "
            + "first=$(bringer); "
            + "{ while [ -d /proc/$$ ] && [ \"$(bringer)\" = \"$first\" ]; do sleep 2; done; kill -s KILL -- \"-$place\"; } "
            + "</dev/null >/dev/null 2>&1 &";

    private final List<String> words;
    private final List<String> hosts;
    private final boolean shell;

    /**
     * Creates one that has not started anything.
     *
     * @param words the command, at least one word
     * @param hosts what {@link #HOST} stands for, dealt out to the slots in turn; may be empty
     * @param shell whether at the far end a shell reads what follows the words, as with {@code ssh}, so that it has to be quoted
     */
    public CommandLauncher(List<String> words, List<String> hosts, boolean shell) {
        this.words = List.copyOf(words);
        this.hosts = List.copyOf(hosts);
        this.shell = shell;
    }

    @Override
    public List<String> command(int slot, List<String> trainer, Path directory) {
        List<String> there = new ArrayList<>(Launcher.announced(NAME, List.of()));
        there.add(directory.toAbsolutePath().toString());
        there.addAll(trainer);
        return at(slot, there);
    }

    private List<String> at(int slot, List<String> command) {
        String host = hosts.isEmpty() ? "" : hosts.get(slot % hosts.size());
        return Stream.concat(
                        words.stream().map(word -> word.replace(HOST, host)),
                        command.stream().map(word -> shell ? quoted(word) : word))
                .toList();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public String preamble(Map<String, String> variables) {
        StringBuilder lines = new StringBuilder();
        variables.forEach((name, value) -> lines.append(name)
                .append('=')
                .append(value.replace("\\", "\\\\").replace("\n", "\\n"))
                .append('\n'));
        return lines.append('\n').toString();
    }

    @Override
    public Optional<Waiting> waiting(String line) {
        return Optional.empty();
    }

    @Override
    public boolean isWithdrawal(String line) {
        return false;
    }

    @Override
    public String reason(String request) {
        return "";
    }

    @Override
    public String noun() {
        return "process group";
    }

    @Override
    public void release(int slot, String place) {
        String unused = Errand.run(at(slot, List.of("/bin/sh", "-c", "kill -s KILL -- \"-$1\"", "evolvent", place)));
    }

    @Override
    public List<String> farewell() {
        return List.of();
    }
}
