package org.evolvent.testkit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;
import org.junit.jupiter.api.Test;

/** What holds for every strategy. To test one, extend this class and make it; random populations live through random rounds. */
public abstract class StrategyLaws {
    private static final int CASES = 60;

    /** As a snapshot is made now and then. */
    private static final double REMEMBERED = 0.2;

    private static final int ROUNDS = 25;

    /** Returns the strategy under test, before it has seen anything. */
    protected abstract Strategy strategy();

    @Test
    void decisionsAreWellFormedAndRepeatable() {
        Property.holds("strategy laws", cases(), this::live);
    }

    /** Returns how many random populations live. */
    protected int cases() {
        return CASES;
    }

    private void live(RandomStream random) {
        Strategy strategy = strategy();
        Strategy remembering = strategy;
        Population population = Populations.unpublished(2 + random.index(22));
        for (int round = 0; round < ROUNDS; round++) {
            for (Member member : population) {
                if (random.chance(0.9)) {
                    double score =
                            random.chance(0.05) ? Double.NaN : random.index(4) + random.index(2) * random.gaussian();
                    ReadyPoint drawn = Populations.point(member.id().index(), member.interval(), score);
                    ReadyPoint point = new ReadyPoint(
                            drawn.member(),
                            drawn.interval(),
                            drawn.step(),
                            drawn.score(),
                            drawn.fitness(),
                            List.of(),
                            member.hyperparameters(),
                            drawn.checkpoint());
                    population = population.with(member.ready(point, 10));
                    strategy = strategy.observe(point);
                    remembering = remembering.observe(point);
                }
            }
            if (random.chance(REMEMBERED)) {
                Memory memory = strategy.memory().orElseThrow();
                assertThat(remembering.memory()).contains(memory);
                remembering = strategy().remembering(Memory.of(memory.values()));
            }
            Population snapshot = population;
            for (Member member : snapshot) {
                if (member.status() == Member.Status.READY) {
                    long seed = random.nextLong();
                    List<Decision> decisions = decide(strategy, snapshot, member, seed);
                    assertThat(decide(remembering, snapshot, member, seed)).isEqualTo(decisions);
                    for (Decision decision : decisions) {
                        strategy = strategy.observe(member.id(), decision);
                        remembering = remembering.observe(member.id(), decision);
                    }
                    population = population.with(next(population.get(member.id()), decisions));
                }
            }
        }
    }

    private static List<Decision> decide(Strategy strategy, Population population, Member member, long seed) {
        Situation situation = new Situation(
                Populations.SPACE, new Objective("accuracy", Goal.MAXIMIZE), population, member, Rules.LATEST);
        List<Decision> decisions = strategy.decide(situation, new RandomStream(seed));
        assertThat(strategy.decide(situation, new RandomStream(seed))).isEqualTo(decisions);
        assertThat(decisions)
                .hasSizeBetween(1, 2)
                .allSatisfy(d -> assertThat(d.reason()).isNotBlank());
        if (decisions.size() == 2) {
            assertThat(decisions.get(0)).isInstanceOf(Decision.Exploit.class);
            assertThat(decisions.get(1)).isInstanceOf(Decision.Explore.class);
        }
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Exploit exploit) {
                if (population.ranking().valid() > 0) {
                    ReadyPoint donor = population.get(exploit.donor()).last().orElseThrow();
                    assertThat(donor.isDonor()).isTrue();
                    assertThat(exploit.donor()).isNotEqualTo(member.id());
                } else {
                    // Back to the best that there was, which may be its own.
                    assertThat(exploit.weights())
                            .isEqualTo(population.best().orElseThrow().checkpoint());
                }
                assertThat(exploit.before()).isEqualTo(member.hyperparameters());
                assertThat(Populations.SPACE.contains(exploit.after())).isTrue();
            } else if (decision instanceof Decision.Explore explore) {
                assertThat(Populations.SPACE.contains(explore.after())).isTrue();
            }
        }
        return decisions;
    }

    private static Member next(Member member, List<Decision> decisions) {
        Member next = member;
        boolean isFirst = true;
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Exploit exploit) {
                next = next.next(
                        exploit.after(), exploit.weights(), exploit.weights().isPresent());
            } else if (decision instanceof Decision.Explore explore) {
                next = isFirst ? next.next(explore.after(), next.parent(), false) : next.with(explore.after());
            } else {
                next = next.next(next.hyperparameters(), next.parent(), false);
            }
            isFirst = false;
        }
        return next;
    }

    /** Returns a member's id. */
    protected static MemberId id(int index) {
        return new MemberId(index);
    }
}
