package org.evolvent.study.internal.file;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What is read is longer, deeper or larger than anything that people write. */
final class LimitException extends MarkedYamlEngineException {
    LimitException(String problem, Optional<Mark> where) {
        super(null, Optional.empty(), problem, where);
    }
}
