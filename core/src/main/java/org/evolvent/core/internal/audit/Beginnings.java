package org.evolvent.core.internal.audit;

import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;

/** Whether a study began with the members that it asks for. */
final class Beginnings {
    private Beginnings() {}

    /**
     * Returns how a first population differs from the one that the study asks for; empty when it does not.
     *
     * @param derives whether the strategy can be asked what members begin with
     */
    static Optional<Difference> unlike(Event.PopulationCreated created, Study study, boolean derives) {
        int members = created.hyperparameters().size();
        if (members != study.population()) {
            return Optional.of(new Difference(
                    "the number of members", Integer.toString(members), Integer.toString(study.population()), false));
        }
        int given = study.initial().size();
        // What members bring along from another study follows from nothing here.
        boolean isDerived = derives
                && created.founders().stream()
                        .allMatch(founder -> founder.member().index() < given);
        Event.PopulationCreated should = isDerived ? StudyState.firstPopulation(study) : created;
        for (int i = 0; i < members; i++) {
            Hyperparameters first = created.hyperparameters().get(i);
            Hyperparameters expected = should.hyperparameters().get(i);
            String of = "of member %s at the beginning".formatted(i);
            Optional<Difference> difference = Bounds.broken(study.space(), first, of);
            if (difference.isEmpty()) {
                difference = Difference.between(
                        first, i < given ? having(expected, study.initial().get(i)) : expected, of);
            }
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Hyperparameters having(Hyperparameters all, Hyperparameters given) {
        Hyperparameters having = all;
        for (Map.Entry<String, Value> value : given.values().entrySet()) {
            having = having.with(value.getKey(), value.getValue());
        }
        return having;
    }
}
