package org.evolvent.trainer.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlotResourcesTest {
    private static List<String> devices(int slots, double gpus, String... all) {
        return SlotResources.divide(slots, 1, gpus, List.of(all)).stream()
                .map(slot -> slot.environment().get("CUDA_VISIBLE_DEVICES"))
                .toList();
    }

    @Test
    void fractionsShareADevice() {
        assertThat(devices(4, 0.5, "0", "1")).containsExactly("0", "0", "1", "1");
        assertThat(devices(3, 0.3, "0")).containsExactly("0", "0", "0");
        assertThat(devices(10, 0.1, "0")).containsOnly("0");
    }

    @Test
    void wholeDevicesAreNotShared() {
        assertThat(devices(2, 2, "0", "1", "2", "3")).containsExactly("0,1", "2,3");
        assertThat(devices(2, 1, "GPU-a", "GPU-b")).containsExactly("GPU-a", "GPU-b");
    }

    @Test
    void noneAreHidden() {
        assertThat(devices(2, 0)).containsExactly("", "");
    }

    @Test
    void tooFewAreRefused() {
        assertThatThrownBy(() -> devices(3, 0.5, "0")).hasMessageContaining("need 2 devices but there are 1");
        assertThatThrownBy(() -> devices(2, 1.5, "0", "1", "2")).hasMessageContaining("1.5");
    }

    @Test
    void processorsSetThreadCounts() {
        assertThat(SlotResources.ofCpus(2, 2.5).get(1).environment())
                .containsEntry("OMP_NUM_THREADS", "2")
                .containsEntry("OPENBLAS_NUM_THREADS", "2")
                .doesNotContainKey("CUDA_VISIBLE_DEVICES");
        assertThat(SlotResources.ofCpus(1, 0.5).get(0).environment()).containsEntry("MKL_NUM_THREADS", "1");
        assertThat(SlotResources.unlimited().environment()).isEmpty();
        assertThatThrownBy(() -> SlotResources.ofCpus(1, 0)).hasMessageContaining("0.0 CPUs");
    }
}
