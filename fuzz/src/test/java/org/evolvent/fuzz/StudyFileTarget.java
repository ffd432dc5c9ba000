package org.evolvent.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.spec.StudyFileException;

/**
 * Whatever a study file says, with whatever settings, it is refused or read; what was read is the same study when it is read again as a
 * run directory keeps it. Lines after a line {@code --set} are settings.
 */
public final class StudyFileTarget {
    private static final Path BASE = Path.of("/nowhere");
    private static final String SETTINGS = "\n--set\n";

    private StudyFileTarget() {}

    /** Loads what it needs before any time is taken. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput("study: {x: 1}\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one study. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (text.contains("classpath")) {
            return; // It may look through every directory of this machine.
        }
        int at = text.indexOf(SETTINGS);
        StudyFile file;
        try {
            List<Setting> settings = new ArrayList<>();
            if (at >= 0) {
                text.substring(at + SETTINGS.length()).lines().forEach(line -> settings.add(Setting.parse(line)));
            }
            file = StudyFile.parse("study.yaml", at < 0 ? text : text.substring(0, at), BASE, settings);
        } catch (StudyFileException e) {
            Law.holds(!e.problems().isEmpty() && !e.getMessage().isBlank(), "there is a problem");
            return;
        }
        StudyFile again = StudyFile.parse("study.yaml", file.yaml(), Path.of("/elsewhere"), List.of());
        Law.equal(again.definition(), file.definition());
        Law.equal(again.yaml(), file.yaml());
        Law.equal(again.trainer().directory(), file.trainer().directory());
        Law.equal(again.resources(), file.resources());
        Law.equal(again.spec().strategy().options(), file.spec().strategy().options());
        Law.equal(file.asRandomSearch().study().population(), file.study().population());
    }
}
