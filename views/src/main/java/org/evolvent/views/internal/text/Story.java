package org.evolvent.views.internal.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.view.Difference;
import org.evolvent.views.internal.view.MemberPage;
import org.jspecify.annotations.Nullable;

/** What happened to a member, in letters, the oldest first; what lies between two decisions in one line. */
public final class Story {
    private Story() {}

    /** Tells it. */
    public static List<String> of(MemberPage page, Glyphs glyphs) {
        List<String> lines = new ArrayList<>();
        lines.add(page.sentence());
        List<MemberPage.Line> story = new ArrayList<>(page.story());
        Collections.reverse(story);
        for (MemberPage.Line line : story) {
            lines.add("%9d  %s  %s".formatted(line.step(), line.at(), line.text()));
            if (!line.changed().isEmpty()) {
                lines.add(line.changed().stream()
                        .map(change -> change(change, glyphs))
                        .collect(Collectors.joining(", ", " ".repeat(13), "")));
            }
        }
        return lines;
    }

    private static String change(Difference change, Glyphs glyphs) {
        return "%s %s %s %s".formatted(change.name(), text(change.before()), glyphs.arrow(), text(change.after()));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value instanceof Double number ? Format.number(number) : value.toString();
    }
}
