package org.evolvent.trainer.internal.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the trainers of one slot may use. It reaches them as environment variables; nothing enforces it.
 *
 * @param cpus processors, above 0; a fraction counts as one thread. Empty leaves the libraries to take every processor that they see
 * @param gpus the devices to see, by index or UUID; an empty list hides all, an empty option says nothing
 */
public record SlotResources(Optional<Double> cpus, Optional<List<String>> gpus) {
    /** The variables that common numeric libraries read their number of threads from. */
    private static final List<String> THREAD_COUNTS = List.of(
            "OMP_NUM_THREADS",
            "MKL_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "BLIS_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
            "NUMEXPR_NUM_THREADS",
            "RAYON_NUM_THREADS");

    /** Sums of fractions such as 0.1 are not exact. */
    private static final double ROUNDING = 1e-9;

    public SlotResources {
        gpus = gpus.map(List::copyOf);
        if (cpus.isPresent() && !(cpus.get() > 0 && cpus.get() < Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "A slot has %s CPUs but must have more than 0, and finitely many".formatted(cpus.get()));
        }
    }

    /** Returns resources that set no variable. */
    public static SlotResources unlimited() {
        return new SlotResources(Optional.empty(), Optional.empty());
    }

    /**
     * Returns the same for every slot, without a word about GPUs.
     *
     * @param slots how many, at least 1
     * @param cpus processors for each slot, above 0
     */
    public static List<SlotResources> ofCpus(int slots, double cpus) {
        requireSlots(slots);
        return Collections.nCopies(slots, new SlotResources(Optional.of(cpus), Optional.empty()));
    }

    /**
     * Deals devices out to slots. With a fraction several slots share a device, and no slot gets parts of two.
     *
     * @param slots how many, at least 1
     * @param cpus processors for each slot, above 0
     * @param gpus devices for each slot: 0, a fraction below 1, or a whole number
     * @param devices all devices, by index or UUID
     * @throws IllegalArgumentException when there are not enough devices
     */
    public static List<SlotResources> divide(int slots, double cpus, double gpus, List<String> devices) {
        requireSlots(slots);
        if (!(gpus >= 0) || (gpus > 1 && gpus != StrictMath.rint(gpus))) {
            throw new IllegalArgumentException(
                    "A slot has %s GPUs but must have 0, a fraction below 1, or a whole number".formatted(gpus));
        }
        int sharing = gpus > 0 && gpus < 1 ? (int) Math.floor(1 / gpus + ROUNDING) : 1;
        int whole = (int) Math.ceil(gpus);
        long needed = (long) ((slots + sharing - 1) / sharing) * whole;
        if (needed > devices.size()) {
            throw new IllegalArgumentException(
                    "%d slots with %s GPUs each need %d devices but there are %d: %s.\nMaybe fewer slots, or a smaller fraction?"
                            .formatted(slots, gpus, needed, devices.size(), devices));
        }
        List<SlotResources> dealt = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            int first = slot / sharing * whole;
            dealt.add(new SlotResources(Optional.of(cpus), Optional.of(devices.subList(first, first + whole))));
        }
        return List.copyOf(dealt);
    }

    /** Returns the variables that tell a trainer. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        cpus.ifPresent(count -> {
            String threads = Integer.toString(Math.max(1, (int) Math.floor(count)));
            THREAD_COUNTS.forEach(name -> variables.put(name, threads));
        });
        gpus.ifPresent(devices -> variables.put("CUDA_VISIBLE_DEVICES", String.join(",", devices)));
        return variables;
    }

    private static void requireSlots(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("The number of slots is %d but must be at least 1".formatted(slots));
        }
    }
}
