package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.Edit;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.Ranking;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;
import org.junit.jupiter.api.Test;

class StudyFoldTest {
    private final ToyLog log = new ToyLog(ToyLog.study().population(40).build());

    /** Tries whatever its situation lets it do to the population, and decides as another one. */
    private record Meddlesome(Strategy honest) implements Strategy {
        @Override
        public List<Decision> decide(Situation situation, RandomStream random) {
            Population shown = situation.population();
            Population all = shown.withBestOfRanked().ranked(Ranking.EMPTY);
            for (Member member : shown) {
                Member stopped = member.stopped();
                all = all.with(stopped);
                shown.with(stopped);
                try {
                    new Edit().with(shown, stopped);
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("Another edit");
                }
                shown.ranking().without(situation.point());
            }
            return honest.decide(situation, random);
        }
    }

    @Test
    void comesToTheSameAsCopying() {
        log.trainToTheEnd();
        StudyFold fold = new StudyFold(StudyState.initial(log.state.study()));
        StudyState copied = fold.now();
        List<StudyState> kept = new ArrayList<>();
        List<StudyState> expected = new ArrayList<>();
        for (int i = 0; i < log.events.size(); i++) {
            fold.add(log.events.get(i));
            copied = copied.after(log.events.get(i));
            if (i % 50 == 0) {
                kept.add(fold.state());
                expected.add(copied);
            }
        }
        ToyLog.assertSame(fold.now(), log.state);
        for (int i = 0; i < kept.size(); i++) {
            ToyLog.assertSame(kept.get(i), expected.get(i));
        }
    }

    @Test
    void whatItShowsIsOfTheMoment() {
        StudyFold fold = new StudyFold(log.state);
        fold.add(ToyLog.finished(log.attempt(0), 1, ToyLog.execution(0)));
        StudyState shown = fold.now();
        StudyState ahead = shown.after(ToyLog.finished(log.attempt(1), 2, ToyLog.execution(0)));
        assertThat(ahead.ready()).isEqualTo(2);
        assertThat(ahead.population().best().orElseThrow().member()).isEqualTo(new MemberId(1));
        StudyState kept = fold.state();
        fold.add(ToyLog.finished(log.attempt(2), 3, ToyLog.execution(0)));
        assertThat(kept.population().ranking().size()).isEqualTo(1);
        assertThat(fold.now().population().ranking().size()).isEqualTo(2);
        StudyState later = fold.now();
        fold.add(ToyLog.finished(log.attempt(3), 4, ToyLog.execution(0)));
        assertThatIllegalStateException()
                .isThrownBy(() -> later.population().get(new MemberId(0)))
                .withMessageContaining("has moved on");
        assertThatIllegalStateException().isThrownBy(() -> later.attempt(new MemberId(0)));
        ToyLog.assertSame(log.state, new ToyLog(log.state.study()).state);
    }

    @Test
    void aStrategyCannotChangeWhatItIsShown() {
        Study study = ToyLog.study().population(40).strategy(Pbt.standard()).build();
        Study meddled = ToyLog.study()
                .population(40)
                .strategy(new Meddlesome(Pbt.standard()))
                .build();
        assertThat(inPlace(meddled)).isEqualTo(inPlace(study)).hasSizeGreaterThan(500);
    }

    /** Trains everybody to the end in one fold, as the driver does, and returns the log. */
    private static List<Event> inPlace(Study study) {
        StudyFold fold = new StudyFold(StudyState.initial(study).after(StudyState.firstPopulation(study)));
        List<Event> log = new ArrayList<>();
        while (Decisions.end(fold.now()).isEmpty()) {
            for (int index = 0; index < study.population(); index++) {
                MemberId id = new MemberId(index);
                if (fold.now().population().get(id).status() == Member.Status.TRAINING) {
                    Attempt attempt = fold.now().attempt(id);
                    log.add(ToyLog.finished(attempt, ToyLog.formula(attempt), ToyLog.execution(0)));
                    fold.add(log.get(log.size() - 1));
                    for (Event.Decided decided : ToyLog.decisions(fold.now(), id)) {
                        log.add(decided);
                        fold.add(decided);
                    }
                }
            }
        }
        return log;
    }
}
