package org.evolvent.study.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evolvent.runtime.Executor.Activity;
import org.evolvent.runtime.Executor.Phase;
import org.evolvent.study.internal.text.Format;

/**
 * What a study is doing at a moment, in words.
 *
 * @param activities of the slots that are busy
 * @param pause why the study pauses; empty when it does not
 */
public record Doings(List<Activity> activities, String pause, Instant now) {
    /** Nobody has to be told of less: many a healthy trainer says nothing before its interval is over. */
    private static final Duration SILENT = Duration.ofSeconds(10);

    private static final int MOST_NAMED = 3;

    /** Returns who trains, saves and so on, who has been silent for how long, and why nothing runs when nothing runs. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        pause.lines().forEach(lines::add);
        lines.add(activities.isEmpty() ? "no member trains at the moment" : counts());
        List<Activity> silent = activities.stream()
                .filter(activity -> silence(activity).compareTo(SILENT) >= 0)
                .sorted(Comparator.comparing(Activity::heard))
                .toList();
        silent.stream()
                .limit(MOST_NAMED)
                .map(activity -> "nothing heard from member %s for %s (slot %s %s for %s)"
                        .formatted(
                                activity.attempt().member(),
                                Format.duration(silence(activity)),
                                activity.slot(),
                                word(activity.phase()),
                                Format.duration(Duration.between(activity.since(), now))))
                .forEach(lines::add);
        if (silent.size() > MOST_NAMED) {
            lines.add("and from %s".formatted(Format.count(silent.size() - MOST_NAMED, "other")));
        }
        return lines;
    }

    /** Returns what a slot does, and for how long its trainer has been silent if that is long. */
    public String of(Activity activity) {
        Duration silence = silence(activity);
        return silence.compareTo(SILENT) < 0
                ? word(activity.phase())
                : "%s, silent %s".formatted(word(activity.phase()), Format.duration(silence));
    }

    private Duration silence(Activity activity) {
        return Duration.between(activity.heard(), now);
    }

    private String counts() {
        return java.util.Arrays.stream(Phase.values())
                .map(phase -> new Count(
                        phase,
                        activities.stream()
                                .filter(activity -> activity.phase() == phase)
                                .count()))
                .filter(count -> count.slots() > 0)
                .map(count -> "%s %s".formatted(Format.count(count.slots(), "slot"), count.verb()))
                .collect(Collectors.joining(", "));
    }

    private record Count(Phase phase, long slots) {
        String verb() {
            String word = word(phase);
            return slots == 1 ? word : word.substring(0, word.length() - 1);
        }
    }

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}
