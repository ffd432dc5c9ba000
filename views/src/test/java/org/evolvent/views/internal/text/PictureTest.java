package org.evolvent.views.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Mode;
import org.evolvent.tasks.internal.Tasks;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Simulated;
import org.evolvent.views.internal.view.MemberPage;
import org.evolvent.views.internal.view.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Studies in letters. */
class PictureTest {
    private static final int WIDTH = 90;

    /** What stands at the right of a row of the tree. */
    private static final Pattern HOLDER = Pattern.compile("\\s(\\d+)  (-|[-\\d.e]+)$");

    static Stream<Simulated> studies() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Stream.of(1L, 2L, 3L)
                        .map(seed -> Simulated.of(Tasks.named("stepwise"), Pbt.standard(), mode, 3, seed)));
    }

    private static List<String> picture(History history, Glyphs glyphs) {
        return Picture.of(new Source(history, "d", Optional.empty(), 3, false, false), Optional.empty(), glyphs, WIDTH);
    }

    @ParameterizedTest
    @MethodSource("studies")
    void everyLivingMemberHasARowOfTheTree(Simulated simulated) {
        for (int events :
                new int[] {simulated.events().size() / 2, simulated.events().size()}) {
            History history = simulated.history(events);
            List<Integer> found = new ArrayList<>();
            for (String line : TextTree.of(history, Glyphs.UNICODE, WIDTH)) {
                Matcher matcher = HOLDER.matcher(line);
                if (matcher.find()) {
                    found.add(Integer.valueOf(matcher.group(1)));
                }
            }
            assertThat(found).doesNotHaveDuplicates();
            history.state().population().forEach(member -> {
                if (history.holds(member) >= 0) {
                    assertThat(found).contains(member.id().index());
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("studies")
    void theAncestryOfTheBestIsOneLineToTheStar(Simulated simulated) {
        List<String> heavy = TextTree.of(simulated.history(), Glyphs.UNICODE, WIDTH).stream()
                .filter(line -> line.contains("━"))
                .toList();
        assertThat(heavy).hasSize(1);
        assertThat(heavy.get(0)).matches(" *\\d+  [━┷┯┿]+★.*");
    }

    @ParameterizedTest
    @MethodSource("studies")
    void linesAreAsWideAsTheyMayBeAndOfTheLettersThatThereAre(Simulated simulated) {
        History history = simulated.history();
        assertThat(picture(history, Glyphs.UNICODE)).allMatch(line -> line.length() <= WIDTH);
        assertThat(picture(history, Glyphs.ASCII))
                .hasSameSizeAs(picture(history, Glyphs.UNICODE))
                .allMatch(line -> line.chars().allMatch(letter -> letter >= ' ' && letter < 127));
    }

    @ParameterizedTest
    @MethodSource("studies")
    void aStoryTellsEveryTurn(Simulated simulated) {
        History history = simulated.history();
        long turns = history.turns().stream().filter(turn -> turn.member() == 0).count();
        List<String> story = Story.of(MemberPage.of(history, 0), Glyphs.ASCII);
        assertThat(story.stream().filter(line -> line.matches(" *\\d+  \\S+Z  (copied member |changed: |stopped: ).*")))
                .hasSize((int) turns);
    }

    @Test
    void nothingYetIsSaid() {
        Simulated simulated = Simulated.of(Tasks.named("stepwise"), Pbt.standard(), Mode.SYNCHRONOUS, 3, 1);
        assertThat(String.join("\n", picture(simulated.history(2), Glyphs.UNICODE)))
                .contains("No results yet", "train their first intervals");
    }

    @Test
    void manyMembersAreFolded() {
        // A population that does not fit on a screen.
        Simulated simulated =
                Simulated.of(Tasks.named("stepwise").withPopulation(60), Pbt.standard(), Mode.SYNCHRONOUS, 8, 1);
        List<String> lines = TextTree.of(simulated.history(), Glyphs.UNICODE, WIDTH);
        assertThat(lines).hasSizeBetween(40, 44);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("and 20 members more, with lower scores");
    }
}
