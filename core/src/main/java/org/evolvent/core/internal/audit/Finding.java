package org.evolvent.core.internal.audit;

/**
 * The first disagreement between a log and what follows from the study and the events before.
 *
 * <p>A number that nothing in the log contradicts until a decision rests on it (a score that was changed together with its metric, say)
 * is found at that decision.
 *
 * @param event the number of the event in the log, from 1; one more than the log has when something is missing at its end
 * @param what what disagrees, such as "the donor of member 3 after interval 2"
 * @param logged what the log says
 * @param derived what follows from the events before
 * @param wordsOnly whether only words disagree, a reason or its evidence, so that no model was trained otherwise
 */
public record Finding(long event, String what, String logged, String derived, boolean wordsOnly) {
    /** Returns it in sentences: where, what, and what can be trusted. */
    public String message() {
        String trusted = event == 1
                ? "Nothing in the log can be trusted."
                : event == 2
                        ? "Only event 1 agrees with the study."
                        : "Events 1 to %s agree with the study and with one another.".formatted(event - 1);
        return "Event %s of the log is not what follows from those before it: %s.\nThe log says: %s\nDerived:      %s\n%s"
                .formatted(event, what, logged, derived, trusted);
    }
}
