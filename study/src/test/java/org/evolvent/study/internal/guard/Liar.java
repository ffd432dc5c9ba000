package org.evolvent.study.internal.guard;

/** Trainers that lose what they save, or half of it. */
enum Liar {
    FORGETS(new Toy(10, 100, 0, 0, 0, 0), true),
    FORGETS_ALWAYS(new Toy(10, 100, 0, 0, 0, 0), false),
    FORGETS_WITH_NOISE(new Toy(10, 100, 0.5, 0, 0, 0), true),
    FORGETS_ALWAYS_WITH_NOISE(new Toy(10, 100, 0.5, 0, 0, 0), false),
    FORGETS_WITHOUT_LIMIT(new Toy(10, Double.POSITIVE_INFINITY, 0, 0, 0, 0), true),
    FORGETS_HALF(new Toy(10, 100, 0, 0, 0, 0.5), true),
    FORGETS_HALF_ALWAYS(new Toy(10, 100, 0, 0, 0, 0.5), false),
    FORGETS_HALF_WITH_NOISE(new Toy(10, 100, 0.1, 0, 0, 0.5), true),
    RESTORES_NOTHING(new Toy(10, 100, 0, 0, 0, -1), false),
    RESTORES_NOTHING_WITH_NOISE(new Toy(10, 100, 0.05, 0, 0, -1), false);

    @SuppressWarnings("ImmutableEnumChecker") // Toys are not changed.
    private final Toy model;

    private final boolean isHot;

    Liar(Toy model, boolean isHot) {
        this.model = model;
        this.isHot = isHot;
    }

    Toy model() {
        return model;
    }

    /** Whether members that go on with their own weights still hold them. */
    boolean isHot() {
        return isHot;
    }
}
