package org.evolvent.study.internal.file;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** A parser that ends where collections are nested too deep: what comes after it calls itself for each level. */
final class ShallowParser implements Parser {
    private final Parser parser;
    private final int deepest;
    private int depth;

    ShallowParser(LoadSettings settings, String text, int deepest) {
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
        this.deepest = deepest;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case SequenceStart, MappingStart -> depth++;
            case SequenceEnd, MappingEnd -> depth--;
            default -> {}
        }
        if (depth > deepest) {
            throw new LimitException(
                    "there are more than %s collections in each other".formatted(deepest), event.getStartMark());
        }
        return event;
    }
}
