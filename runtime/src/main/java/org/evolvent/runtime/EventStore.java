package org.evolvent.runtime;

import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;

/**
 * The log of one study. All methods throw {@link EvolventException} when the medium fails; after that the store must be opened anew.
 *
 * <p>Durability has two grades. What was {@linkplain #append appended} survives the death of the process. What was
 * {@linkplain #harden hardened} survives the loss of power as well.
 *
 * <p>One thread appends and reads; {@link #harden} may be called from another thread at the same time.
 */
public interface EventStore extends AutoCloseable {
    /** Appends events, all or none; on return they survive the death of the process. */
    void append(List<? extends Event> events);

    /** Reads all events in the order of the log. */
    void read(Consumer<? super Event> reader);

    /** Returns the number of events in the log. */
    long size();

    /**
     * Makes the whole log survive a loss of power, together with the statement that every checkpoint that its first {@code events} events
     * reach does so too.
     *
     * @param events the number of events whose reachable checkpoints the caller has hardened before
     */
    void harden(long events);

    /** Returns the last number given to {@link #harden}; 0 in a new store. */
    long hardened();

    /** Drops all but the first events; for recovery after a loss of power. */
    void truncate(long events);

    /** Releases the store. Closing twice does nothing. */
    @Override
    void close();
}
