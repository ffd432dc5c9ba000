package org.evolvent.views.internal.history;

import org.evolvent.core.space.Hyperparameters;

/**
 * What was decided for a member after an interval, other than to go on: a copy, a change of its hyperparameters, both, or its end.
 *
 * @param event the number of the decision's first event in the log, from 1
 * @param member who
 * @param interval its interval that had ended, from 0
 * @param step the training steps behind its weights before the decision
 * @param time the seconds of the study before it
 * @param donor the member that was copied; -1 where none was
 * @param donorInterval the donor's interval at whose end it was copied; -1 where none was
 * @param source the index of the interval whose weights are taken over; -1 where only hyperparameters were, or nothing
 * @param given the index of the interval whose weights were given up; -1 where there were none
 * @param before the hyperparameters before
 * @param after those after
 * @param texts where its reasons are
 * @param copyText the number of why it copied; -1 where it did not
 * @param text the number of why it changed its hyperparameters or stopped; -1 where it only copied
 * @param isStop whether the member was stopped
 */
public record Turn(
        long event,
        int member,
        int interval,
        long step,
        double time,
        int donor,
        int donorInterval,
        int source,
        int given,
        Hyperparameters before,
        Hyperparameters after,
        Texts texts,
        int copyText,
        int text,
        boolean isStop) {
    /** Returns whether a member was copied. */
    public boolean isCopy() {
        return donor >= 0;
    }

    /** Returns why it copied, as logged; empty where it did not. */
    public String copyReason() {
        return copyText < 0 ? "" : texts.get(copyText);
    }

    /** Returns why it changed its hyperparameters or stopped, as logged; empty where it only copied. */
    public String reason() {
        return text < 0 ? "" : texts.get(text);
    }

    Turn exploring(Hyperparameters explored, int why) {
        return new Turn(
                event,
                member,
                interval,
                step,
                time,
                donor,
                donorInterval,
                source,
                given,
                before,
                explored,
                texts,
                copyText,
                why,
                isStop);
    }
}
