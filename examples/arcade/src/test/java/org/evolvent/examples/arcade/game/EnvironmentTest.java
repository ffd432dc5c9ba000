package org.evolvent.examples.arcade.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.evolvent.examples.torch.Stateful;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sticky actions, the end of episodes, and the state of all games. */
class EnvironmentTest {
    private static final int PLAYER = 0;

    /** Draws that say whether the next step sticks. */
    private static final class Sticks implements Draws {
        private double next = 0.5;
        private int reals;

        @Override
        public double real() {
            reals++;
            return next;
        }

        @Override
        public int integer(int low, int high) {
            return low;
        }
    }

    private final Sticks sticks = new Sticks();
    private final Game game = new SpaceInvaders(true);

    private Environment environment(double sticky, int limit) {
        return new Environment(game, Title.SPACE_INVADERS.actions(), sticky, limit, sticks);
    }

    private int cannon(Environment environment) {
        float[] view = new float[100 * game.channels()];
        environment.observe(view, 0);
        int column = 0;
        while (view[(90 + column) * game.channels() + PLAYER] == 0) {
            column++;
        }
        return column;
    }

    @Test
    void aStickyStepRepeatsWhatWasDoneLastAlsoAnotherRepeat() {
        Environment environment = environment(0.5, 100);
        environment.reset();
        sticks.next = 0.4;
        environment.step(1);
        assertThat(cannon(environment)).isEqualTo(5); // Nothing was done before: it stays.
        sticks.next = 0.5; // Not below the probability.
        environment.step(1);
        assertThat(cannon(environment)).isEqualTo(4);
        sticks.next = 0.4;
        environment.step(2);
        environment.step(2);
        assertThat(cannon(environment)).isEqualTo(2);
    }

    /** The memory holds what it means, not its place among the chosen actions, and outlives a reset. */
    @Test
    void theFirstStepCanRepeatTheLastOfTheEpisodeBefore() {
        Environment environment = environment(0.5, 100);
        environment.reset();
        environment.step(2); // To the right, in the minimal set.
        environment.reset();
        sticks.next = 0.4;
        environment.step(0);
        assertThat(cannon(environment)).isEqualTo(6);
    }

    @Test
    void itIsDrawnWhetherAStepSticksEvenIfItCannotAndAfterTheEnd() {
        Environment environment = environment(0, 100);
        environment.reset();
        while (!environment.step(0).terminated()) {
            assertThat(sticks.reals).isLessThan(100);
        }
        int drawn = sticks.reals;
        sticks.next = 0;
        Environment.Step after = environment.step(1);
        assertThat(after).isEqualTo(new Environment.Step(0, true, false));
        assertThat(sticks.reals).isEqualTo(drawn + 1);
        assertThat(cannon(environment)).isEqualTo(5);
    }

    @Test
    void aLimitTruncatesAndDoesNotTerminate() {
        Environment environment = environment(0, 3);
        for (int episode = 0; episode < 2; episode++) {
            environment.reset();
            assertThat(environment.step(0).ended()).isFalse();
            assertThat(environment.step(0).ended()).isFalse();
            assertThat(environment.step(0)).isEqualTo(new Environment.Step(0, false, true));
        }
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment(1.5, 100))
                .withMessageContaining("1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment(Double.NaN, 100))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> environment(0, 0)).withMessageContaining("0 steps");
    }

    /** Whatever a game knows is in its state: another one that reads it plays on alike. */
    @ParameterizedTest
    @EnumSource
    void aGameGoesOnFromItsState(Title title) throws IOException {
        SeededDraws draws = new SeededDraws(5);
        SeededDraws policy = new SeededDraws(6);
        Game first = title.game();
        first.reset(draws);
        float[] view = new float[100 * first.channels()];
        float[] otherView = view.clone();
        for (int step = 0; step < 3000; step++) {
            Game second = title.game();
            SeededDraws otherDraws = new SeededDraws(0);
            copy(first, second);
            copy(draws, otherDraws);
            for (int ahead = 0; ahead < 7; ahead++) {
                Action action = policyAction(policy);
                assertThat(second.step(action, otherDraws)).isEqualTo(first.step(action, draws));
            }
            first.observe(view, 0);
            second.observe(otherView, 0);
            assertThat(otherView).isEqualTo(view);
            assertThat(List.of(second.isOver(), second.level())).isEqualTo(List.of(first.isOver(), first.level()));
            assertThat(bytes(second)).isEqualTo(bytes(first));
            if (first.isOver()) {
                first.reset(draws);
            }
        }
    }

    private static Action policyAction(SeededDraws policy) {
        return Action.ALL.get(policy.integer(0, 5));
    }

    private static byte[] bytes(Stateful part) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static void copy(Stateful from, Stateful to) throws IOException {
        to.read(new DataInputStream(new ByteArrayInputStream(bytes(from))));
    }
}
