package org.evolvent.tasks.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The synthetic tasks by name, as the command line spells them. */
public final class Tasks {
    private static final Map<String, SyntheticTask> ALL = all();

    private Tasks() {}

    /** Returns the names of all tasks, those that others have published first. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /**
     * Returns a task.
     *
     * @param name one of {@link #names}
     * @throws IllegalArgumentException when there is no such task; it names those that there are
     */
    public static SyntheticTask named(String name) {
        SyntheticTask task = ALL.get(name);
        if (task == null) {
            throw new IllegalArgumentException(
                    "The task is '%s' but must be one of %s".formatted(name, String.join(", ", names())));
        }
        return task;
    }

    private static Map<String, SyntheticTask> all() {
        Map<String, SyntheticTask> all = new LinkedHashMap<>();
        Stream.of(
                        PublishedTasks.figure2(),
                        PublishedTasks.plain(),
                        PublishedTasks.deceptive(),
                        PublishedTasks.triangle(),
                        DesignedTasks.smooth(),
                        DesignedTasks.mixed(),
                        DesignedTasks.choices(),
                        DesignedTasks.twoHills(),
                        DesignedTasks.sparse(),
                        DesignedTasks.stepwise(),
                        DesignedTasks.noisy(),
                        DesignedTasks.speeds(),
                        DesignedTasks.twoObjectives())
                .forEach(task -> all.put(task.name(), task));
        return Collections.unmodifiableMap(all);
    }
}
