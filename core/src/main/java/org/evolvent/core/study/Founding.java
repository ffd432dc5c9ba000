package org.evolvent.core.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;

/** How a study begins with models that another one has trained. */
public final class Founding {
    private Founding() {}

    /**
     * What a study begins with.
     *
     * @param created its population, whose checkpoints are those of the models
     * @param moved the members whose hyperparameters were outside of its space, and are the nearest in it
     */
    public record Founded(Event.PopulationCreated created, List<MemberId> moved) {}

    /**
     * Returns the population of a study that begins with models of another. Each model founds a member, the first the first; when there are
     * fewer models than members they found again, with hyperparameters that beginners get. Parameters that the study lacks are left out,
     * those that are new are drawn, and what is outside of the study's space becomes the nearest in it.
     *
     * @param study what begins
     * @param source what trained the models
     * @param models with checkpoints, the best first; at least one
     * @param origin names where they come from
     */
    public static Founded of(Study study, Study source, List<ReadyPoint> models, String origin) {
        List<Hyperparameters> first =
                new ArrayList<>(StudyState.firstPopulation(study).hyperparameters());
        Fitting fitting = new Fitting(source.space(), study);
        boolean isSameMetric =
                study.objective().metric().equals(source.objective().metric());
        List<Event.Founder> founders = new ArrayList<>();
        List<MemberId> moved = new ArrayList<>();
        for (int index = 0; index < first.size(); index++) {
            ReadyPoint model = models.get(index % models.size());
            MemberId member = new MemberId(index);
            Hyperparameters drawn = first.get(index);
            if (index < models.size()) {
                Hyperparameters fitted = fitting.of(model, drawn);
                first.set(index, fitted);
                if (!holds(model.hyperparameters(), fitted)) {
                    moved.add(member);
                }
            } else {
                first.set(index, fitting.fixedOf(model, drawn));
            }
            founders.add(new Event.Founder(
                    member,
                    model.checkpoint().orElseThrow().id(),
                    model.step(),
                    model.absences() == 0 ? model.metrics() : Map.of(),
                    model.absences() == 0 && isSameMetric
                            ? model.samples().stream()
                                    .map(source.objective()::fitness)
                                    .toList()
                            : List.of(),
                    "%s, member %s, interval %s".formatted(origin, model.member(), model.interval())));
        }
        return new Founded(new Event.PopulationCreated(first, founders), moved);
    }

    private static boolean holds(Hyperparameters model, Hyperparameters fitted) {
        return fitted.values().entrySet().stream()
                .allMatch(each -> model.values()
                        .getOrDefault(each.getKey(), each.getValue())
                        .equals(each.getValue()));
    }

    /** Lets members begin from what founds them. What counts as the best of a study is what it trained itself. */
    static void into(List<Member> members, Study study, List<Event.Founder> founders) {
        for (Event.Founder founder : founders) {
            int index = founder.member().index();
            Hyperparameters hyperparameters = members.get(index).hyperparameters();
            Score score = study.scoreOf(founder.metrics());
            Optional<ReadyPoint> point = Optional.of(new ReadyPoint(
                            founder.member(),
                            CheckpointRef.ELSEWHERE,
                            founder.step(),
                            score,
                            study.objective().fitness(score),
                            founder.samples().stream()
                                    .map(study.objective()::fitness)
                                    .toList(),
                            founder.metrics(),
                            hyperparameters,
                            Optional.of(founder.reference())))
                    .filter(ReadyPoint::isDonor);
            members.set(
                    index, Member.joined(founder.member(), hyperparameters, Optional.of(founder.reference()), point));
        }
    }
}
