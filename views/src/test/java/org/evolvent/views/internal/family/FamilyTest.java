package org.evolvent.views.internal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.Tasks;
import org.evolvent.tasks.internal.simulation.Simulation;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.tree.FamilyTree;
import org.evolvent.views.internal.tree.HistoryForest.Along;
import org.evolvent.views.internal.tree.Window;
import org.junit.jupiter.api.Test;

class FamilyTest {
    private static final Window WHOLE = Window.whole(1000);

    private static History simulated(int members) {
        SyntheticTask task = Tasks.named("stepwise").withPopulation(members);
        List<History> histories = new ArrayList<>();
        Simulation.synchronous(task.withIntervalSteps(task.steps() / 10), Pbt.standard())
                .run(3, new StudyListener() {
                    @Override
                    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                        if (histories.isEmpty()) {
                            histories.add(
                                    new History(state.get().study(), state.get().study()));
                        }
                        events.forEach(histories.get(0)::add);
                    }
                });
        return histories.get(0);
    }

    @Test
    void drawsWhatTheHistorySays() {
        History history = simulated(10);
        Family.Shown shown = new Family(history).tree(Optional.empty(), Along.STEPS, WHOLE);
        assertThat(shown.colour().name()).isEqualTo("standing");
        assertThat(shown.end()).isEqualTo(Tasks.named("stepwise").steps());
        assertThat(shown.population()).isEqualTo(10);
        int intervals = 0;
        for (FamilyTree.Line line : shown.tree().lines()) {
            intervals += line.nodes().size();
            int last = line.nodes().get(line.nodes().size() - 1);
            assertThat(line.score()).isEqualTo(history.intervals().get(last).score());
            assertThat(line.hosts().get(line.hosts().size() - 1).member())
                    .isEqualTo(history.intervals().get(last).member());
        }
        assertThat(intervals).isEqualTo(history.intervals().size());
        assertThat(shown.tree().star().get(0).node())
                .isEqualTo(history.best().orElseThrow().index());
    }

    @Test
    void aHyperparameterIsTheColourOfMany() {
        Family few = new Family(simulated(10));
        assertThat(few.tree(Optional.of("lr"), Along.STEPS, WHOLE).colour().isLog())
                .isTrue();
        assertThat(few.tree(Optional.empty(), Along.TIME, WHOLE).along()).isEqualTo("time");
        Family many = new Family(simulated(100));
        assertThat(many.tree(Optional.empty(), Along.STEPS, WHOLE).colour().name())
                .isEqualTo("lr");
        assertThat(many.map(Optional.empty()).height()).isEqualTo(100);
        assertThat(many.ancestors().numbers()).hasSize(10);
    }

    @Test
    void refusesAColourThatThereIsNot() {
        Family family = new Family(simulated(10));
        assertThatThrownBy(() -> family.map(Optional.of("weight")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("colour is weight but must be one of [standing, score, lr]");
    }
}
