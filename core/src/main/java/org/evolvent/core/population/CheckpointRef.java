package org.evolvent.core.population;

/**
 * A checkpoint and where it came from. Exploiting means to name the donor's reference as the parent of the next interval.
 *
 * @param member the member that trained it, or began with it
 * @param interval the interval at whose end it was saved, from 0; {@link #ELSEWHERE} when it was trained elsewhere
 * @param step the training steps behind it along its lineage
 * @param id its name
 */
public record CheckpointRef(MemberId member, int interval, long step, CheckpointId id) {
    /** In place of an interval where a member began with weights that its study did not train. */
    public static final int ELSEWHERE = -1;

    /** Returns whether a member began with it, and the study did not train it. */
    public boolean isFromElsewhere() {
        return interval == ELSEWHERE;
    }
}
