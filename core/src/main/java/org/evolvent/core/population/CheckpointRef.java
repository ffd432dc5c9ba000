package org.evolvent.core.population;

/**
 * A checkpoint and where it came from. Exploiting means to name the donor's reference as the parent of the next interval.
 *
 * @param member the member that trained it
 * @param interval the interval at whose end it was saved
 * @param step the training steps behind it along its lineage
 * @param id its name
 */
public record CheckpointRef(MemberId member, int interval, long step, CheckpointId id) {}
