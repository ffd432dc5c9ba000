package org.evolvent.ui.internal.run;

import java.util.Locale;
import org.evolvent.core.population.Objective;
import org.evolvent.core.study.Study;

/**
 * A run among those that the page shows.
 *
 * @param id its name in addresses, unique among them
 * @param study the name of the study
 * @param directory the run directory, as the command was given it
 * @param members how many members it began with
 * @param mode {@code synchronous} or {@code asynchronous}
 * @param metric the name of the score
 * @param goal {@code maximize} or {@code minimize}
 */
public record RunLine(String id, String study, String directory, int members, String mode, String metric, String goal) {
    static RunLine of(String id, String directory, Study study) {
        return new RunLine(
                id,
                study.name(),
                directory,
                study.population(),
                study.mode().name().toLowerCase(Locale.ROOT),
                study.objective().metric(),
                study.objective().goal() == Objective.Goal.MAXIMIZE ? "maximize" : "minimize");
    }
}
