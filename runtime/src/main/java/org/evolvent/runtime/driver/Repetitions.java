package org.evolvent.runtime.driver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.ExecutorEvent.Failed.Cause;

/**
 * Recognises an attempt that fails as the one before it did: another would do so, too. Errors are the same when their first lines are, which
 * say what happened, and their last ones, which are the last words of the program; in between may be what its process printed long before.
 * What killed a process may be another one. Numbers count, but addresses, names of temporary files and of the directory that a checkpoint is
 * read in do not. Used by the driver's thread only.
 */
final class Repetitions {
    private static final Pattern CHANGING = Pattern.compile("0x[0-9a-fA-F]+|tmp\\w{8}|\\.staging/[0-9-]+/[0-9]+");

    private final Map<MemberId, List<String>> last = new HashMap<>();

    /**
     * Returns whether a failure is the same as the one before it in the same interval.
     *
     * @param before the state that the failure follows on
     */
    boolean isOne(ExecutorEvent.Failed failed, StudyState before) {
        MemberId member = failed.attempt().member();
        // Each session counts faults anew, and so knows what they were; by the first rules it does not.
        return failed.cause() != Cause.ENDED
                && error(failed).equals(last.get(member))
                && before.population().get(member).faults() > 0
                && before.study().rules() != Rules.V1;
    }

    /** Takes in a failure, to compare the next one with. */
    void note(ExecutorEvent.Failed failed) {
        MemberId member = failed.attempt().member();
        if (failed.cause() == Cause.ENDED) {
            last.remove(member);
        } else {
            last.put(member, error(failed));
        }
    }

    private static List<String> error(ExecutorEvent.Failed failed) {
        List<String> lines =
                CHANGING.matcher(failed.message()).replaceAll("#").lines().toList();
        return lines.isEmpty() ? lines : List.of(lines.get(0), lines.get(lines.size() - 1));
    }
}
