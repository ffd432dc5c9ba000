package org.evolvent.trainer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The process between the driver and a trainer. */
@NeedsProgram("perl")
class KeeperTest {
    /** Of 13 keepers one was hit while Perl ended, where it has no handlers. */
    private static final int KEEPERS = 60;

    /** It looks for the driver once a second, by an alarm, which may go off when it is about to exit. */
    @Tag("slow")
    @Test
    void anAlarmAtItsEndIsNoFaultOfTheTrainer() throws Exception {
        try (Watchdog watchdog = new Watchdog()) {
            assertThat(watchdog.keeps()).isTrue();
            List<Process> keepers = new ArrayList<>();
            for (int i = 0; i < KEEPERS; i++) {
                Process keeper = start(watchdog.kept(List.of("sleep", "0.4")));
                keepers.add(keeper);
                String pid = Long.toString(keeper.pid());
                start(List.of("sh", "-c", "sleep 0.3; while kill -ALRM $0 2> /dev/null; do :; done", pid));
            }
            for (Process keeper : keepers) {
                assertThat(keeper.waitFor()).isZero();
            }
        }
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).inheritIO().start();
    }
}
