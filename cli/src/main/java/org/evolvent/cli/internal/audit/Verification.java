package org.evolvent.cli.internal.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.core.internal.audit.Finding;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.jspecify.annotations.Nullable;

/**
 * Checks a run directory: the log against the study and itself, the reachable checkpoints against their names, the published best model
 * against both. Reads only; a driver may be at work meanwhile.
 */
public final class Verification {
    /** While a driver is at work, what was reachable a moment ago may be collected: the log is asked again, not for ever. */
    private static final int LOOKS = 3;

    private final RunDirectory run;
    private final StudyFile file;
    private final List<AuditVerdict.Flaw> flaws = new ArrayList<>();

    private Verification(Looked looked) {
        this.run = looked.run();
        this.file = StudyFile.written(looked.run());
    }

    /** Verifies a run. */
    public static AuditVerdict of(Looked looked) {
        return new Verification(looked).verdict();
    }

    private AuditVerdict verdict() {
        // What SQLite ignores in silence: commits behind a damaged part of the write-ahead log.
        run.warnings().forEach(warning -> flaws.add(new AuditVerdict.Flaw("events.db-wal", Optional.empty(), warning)));
        run.snapshotDamage()
                .ifPresent(damage -> flaws.add(new AuditVerdict.Flaw("snapshot.jsonl", Optional.empty(), damage)));
        file.edited(run.events())
                .ifPresent(message -> flaws.add(new AuditVerdict.Flaw("study.yaml", Optional.empty(), message)));
        Study study = file.begun();
        List<String> own = file.unloaded();
        String definition = definition();
        Auditor auditor = own.isEmpty() ? Auditor.deriving(study, definition) : Auditor.trusting(study, definition);
        Fold fold = new Fold(study);
        PublishedBest best = PublishedBest.of(run.path(), study);
        boolean isWhole = read(event -> {
            auditor.accept(event);
            fold.accept(event);
            best.accept(event);
        });
        if (isWhole) {
            auditor.end();
        }
        auditor.finding().ifPresent(this::found);
        // What is needed, and what is best, only the whole log tells.
        Optional<StudyState> end = isWhole ? fold.state() : Optional.empty();
        int checkpoints = end.map(this::checkpoints).orElse(0);
        if (isWhole) {
            best.flaw(end).ifPresent(flaws::add);
        }
        return new AuditVerdict(
                run.path(), auditor.checked(), own, checkpoints, isWhole && best.isThere(), List.copyOf(flaws));
    }

    private String definition() {
        try {
            return file.definitionIn(run.events());
        } catch (EvolventException e) {
            return file.definition(); // Reading the log will say the same.
        }
    }

    private boolean read(java.util.function.Consumer<Event> reader) {
        try {
            run.events().read(reader);
            return true;
        } catch (EvolventException e) {
            flaws.add(new AuditVerdict.Flaw("events.db", Optional.empty(), String.valueOf(e.getMessage())));
            return false;
        }
    }

    private void found(Finding finding) {
        // A chained log is as it was written: then it is the study file that is another.
        String where = finding.event() == 1 && run.events().isChained() ? "study.yaml" : "events.db";
        flaws.add(new AuditVerdict.Flaw(where, Optional.of(finding.event()), finding.message()));
    }

    /** Returns how many checkpoints were checked. */
    private int checkpoints(StudyState state) {
        Set<CheckpointId> intact = new HashSet<>();
        Set<CheckpointId> needed = state.population().reachable();
        List<AuditVerdict.Flaw> damaged = List.of();
        for (int look = 0; look < LOOKS; look++) {
            damaged = damaged(needed, intact);
            if (damaged.isEmpty() || state.end().isPresent()) {
                break;
            }
            Fold again = new Fold(file.begun());
            if (!read(again::accept) || again.state().isEmpty()) {
                break;
            }
            needed = again.state().get().population().reachable();
        }
        flaws.addAll(damaged);
        return intact.size() + damaged.size();
    }

    private List<AuditVerdict.Flaw> damaged(Set<CheckpointId> needed, Set<CheckpointId> intact) {
        List<AuditVerdict.Flaw> damaged = new ArrayList<>();
        for (CheckpointId id : needed.stream()
                .sorted(java.util.Comparator.comparing(CheckpointId::digest))
                .toList()) {
            if (intact.contains(id)) {
                continue;
            }
            Optional<String> damage = run.damage(id);
            if (damage.isEmpty()) {
                intact.add(id);
            } else {
                damaged.add(new AuditVerdict.Flaw("checkpoint " + id, Optional.empty(), damage.get()));
            }
        }
        return damaged;
    }

    /** The fold of a log, as long as it makes sense: also where it is not what follows, it tells what is reachable. */
    private static final class Fold {
        private @Nullable StudyFold fold;

        Fold(Study study) {
            fold = new StudyFold(StudyState.initial(study));
        }

        void accept(Event event) {
            StudyFold growing = fold;
            if (growing != null) {
                try {
                    growing.add(event);
                } catch (IllegalStateException | IllegalArgumentException e) {
                    fold = null;
                }
            }
        }

        Optional<StudyState> state() {
            return Optional.ofNullable(fold).map(StudyFold::state);
        }
    }
}
