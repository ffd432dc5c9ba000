package org.evolvent.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;

/**
 * The log of one study. All methods throw {@link StorageException} when the medium is full, read-only or failing, and
 * {@link EvolventException} when the world fails otherwise or the log is damaged. After a {@link StorageException} the same may be tried
 * again; after any other the store must be opened anew.
 *
 * <p>Durability has two grades. What was {@linkplain #append appended} survives the death of the process. What was appended before a
 * {@link #sync} survives the loss of power as well; of what came later, a prefix does.
 *
 * <p>One thread appends and reads; {@link #sync} may be called from another thread at the same time.
 */
public interface EventStore extends AutoCloseable {
    /** Appends events, all or none; on return they survive the death of the process. */
    void append(List<? extends Event> events);

    /** Reads all events in the order of the log. */
    default void read(Consumer<? super Event> reader) {
        read(0, reader);
    }

    /** Reads the events after the first {@code skipped}, in the order of the log. */
    void read(long skipped, Consumer<? super Event> reader);

    /** Reads the events that concern one member (see {@link MemberEvents}), in the order of the log. */
    default void readMember(MemberId member, Consumer<? super Event> reader) {
        MemberEvents concerning = new MemberEvents(member);
        read(event -> {
            if (concerning.test(event)) {
                reader.accept(event);
            }
        });
    }

    /** Reads the losses of checkpoints, in the order of the log. */
    default void readLosses(Consumer<? super Event.CheckpointsLost> reader) {
        read(event -> {
            if (event instanceof Event.CheckpointsLost lost) {
                reader.accept(lost);
            }
        });
    }

    /** Reads the amendments of the study, in the order of the log. */
    default void readAmendments(Consumer<? super Event.StudyAmended> reader) {
        read(event -> {
            if (event instanceof Event.StudyAmended amended) {
                reader.accept(amended);
            }
        });
    }

    /** Returns how an interval of a member ended well; empty when it did not, or not yet. */
    default Optional<Event.IntervalFinished> finished(MemberId member, int interval) {
        List<Event.IntervalFinished> found = new ArrayList<>();
        readMember(member, event -> {
            if (event instanceof Event.IntervalFinished finished
                    && finished.attempt().interval() == interval) {
                found.add(finished);
            }
        });
        return found.stream().findFirst();
    }

    /** Returns the first event, which says of what study the log is; empty when there is none. */
    default Optional<Event> first() {
        List<Event> all = new ArrayList<>();
        read(all::add);
        return all.stream().findFirst();
    }

    /** Returns the number of events in the log. */
    long size();

    /** Makes the log, as it is now or longer, survive a loss of power. */
    void sync();

    /** Releases the store. Closing twice does nothing. */
    @Override
    void close();
}
