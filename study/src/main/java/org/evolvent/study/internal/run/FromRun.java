package org.evolvent.study.internal.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Founding;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.text.Format;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The run whose models a study begins with. The study's directory remembers it, so that a kill before the log has them changes nothing; the
 * log says which models they are, and nothing else is asked of that run any more.
 *
 * @param run its absolute path
 * @param best whether everybody begins with its best model, and not with its population
 */
public record FromRun(Path run, boolean best) {
    /** Returns the run with whose models a study begins; empty when it begins with none. */
    public static Optional<FromRun> of(RunDirectory directory) {
        return directory.from().map(text -> {
            JsonNode json = JsonMapper.shared().readTree(text);
            return new FromRun(
                    Path.of(json.required("run").stringValue()),
                    json.required("best").booleanValue());
        });
    }

    /** Returns what the study's directory keeps of it. */
    public String text() {
        return JsonMapper.shared().writeValueAsString(Map.of("run", run.toString(), "best", best)) + "\n";
    }

    /**
     * Returns the members that begin with other hyperparameters than their models have, since those are outside of the study's space.
     *
     * @throws EvolventException when the study cannot begin with the models of that run
     */
    public List<MemberId> moved(StudyFile file) {
        try (RunDirectory source = RunDirectory.read(run)) {
            return founded(file.study(), source).moved();
        }
    }

    /**
     * Returns the population that a study begins with; its checkpoints are in the directory, and pinned.
     *
     * @throws EvolventException when the study cannot begin with the models of that run
     */
    Event.PopulationCreated population(Study study, RunDirectory directory) {
        try (RunDirectory source = RunDirectory.read(run)) {
            Event.PopulationCreated created = founded(study, source).created();
            created.founders().stream()
                    .map(Event.Founder::weights)
                    .distinct()
                    .forEach(weights -> directory.adopt(source, weights));
            return created;
        }
    }

    private Founding.Founded founded(Study study, RunDirectory source) {
        if (!study.initial().isEmpty()) {
            throw new EvolventException(
                    "initial has %s but must be empty, since members begin with those of %s.\nMaybe --set 'initial=[]'?"
                            .formatted(Format.count(study.initial().size(), "point"), run));
        }
        Summary summary = Summary.of(StudyFile.look(source), source);
        Study trained = summary.state().study();
        List<ReadyPoint> models = models(summary);
        if (models.isEmpty()) {
            throw new EvolventException(
                    "%s has no model with a score to begin with.\nMaybe choose another run?".formatted(run));
        }
        for (ReadyPoint model : models) {
            requireFixed(study, model);
            if (model.step() >= study.budget().steps()) {
                throw new EvolventException(
                        "budget.steps is %s but must be above %s: so many steps are behind the weights of member %s of %s, and they count."
                                .formatted(study.budget().steps(), model.step(), model.member(), run));
            }
        }
        return Founding.of(
                study,
                trained,
                models.subList(0, Math.min(models.size(), study.population())),
                "study %s, digest %s"
                        .formatted(trained.name(), summary.facts().digest().value()));
    }

    /** Weights of four layers do not become weights of two. */
    private void requireFixed(Study study, ReadyPoint model) {
        for (Parameter parameter : study.space().parameters()) {
            Optional<Value> value =
                    Optional.ofNullable(model.hyperparameters().values().get(parameter.name()));
            if (parameter.fixed() && value.filter(parameter.domain()::contains).isEmpty()) {
                throw new EvolventException(
                        "space.%s is fixed at %s but must %s: it goes with the weights of member %s of %s"
                                .formatted(
                                        parameter.name(),
                                        parameter.domain(),
                                        value.map(had -> "contain " + had)
                                                .orElse("not be fixed, since they were made without it"),
                                        model.member(),
                                        run));
            }
        }
    }

    private List<ReadyPoint> models(Summary summary) {
        Population population = summary.state().population();
        return best
                ? summary.best().stream().toList()
                : IntStream.range(0, population.ranking().valid())
                        .mapToObj(population.ranking()::at)
                        .filter(ReadyPoint::isDonor)
                        .toList();
    }
}
