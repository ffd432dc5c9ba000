package org.evolvent.study.internal.guard;

/** Trainers that keep what they save. The members' values differ by about 0.1 to 1 of what they gain in an interval. */
enum Honest {
    EXACT(new Toy(10, Double.POSITIVE_INFINITY, 0, 0, 0, 1), true),
    EXACT_RESTORED(new Toy(10, Double.POSITIVE_INFINITY, 0, 0, 0, 1), false),
    EXACT_TO_A_LIMIT(new Toy(10, 30, 0, 0, 0, 1), true),
    EXACT_TO_A_LIMIT_RESTORED(new Toy(10, 30, 0, 0, 0, 1), false),
    ONE_PERCENT(new Toy(10, Double.POSITIVE_INFINITY, 0.05, 0, 0, 1), true),
    ONE_PERCENT_RESTORED(new Toy(10, Double.POSITIVE_INFINITY, 0.05, 0, 0, 1), false),
    ONE_PERCENT_TO_A_LIMIT(new Toy(10, 30, 0.05, 0, 0, 1), true),
    ONE_PERCENT_TO_A_LIMIT_RESTORED(new Toy(10, 30, 0.05, 0, 0, 1), false),
    TEN_PERCENT(new Toy(10, Double.POSITIVE_INFINITY, 0.5, 0, 0, 1), true),
    TEN_PERCENT_RESTORED(new Toy(10, Double.POSITIVE_INFINITY, 0.5, 0, 0, 1), false),
    TEN_PERCENT_TO_A_LIMIT(new Toy(10, 30, 0.5, 0, 0, 1), true),
    HALF(new Toy(10, Double.POSITIVE_INFINITY, 2.5, 0, 0, 1), true),
    HALF_RESTORED(new Toy(10, Double.POSITIVE_INFINITY, 2.5, 0, 0, 1), false),
    HALF_TO_A_LIMIT(new Toy(10, 30, 2.5, 0, 0, 1), true),
    NOTHING_BUT_NOISE(new Toy(0.01, Double.POSITIVE_INFINITY, 2.5, 0, 0, 1), false),
    AGENT(new Toy(10, 200, 2, 0.3, 0, 1), true),
    AGENT_RESTORED(new Toy(10, 200, 2, 0.3, 0, 1), false),
    WILD_AGENT(new Toy(10, 200, 2, 0.6, 0, 1), false),
    OFTEN_RUINED(new Toy(10, 100, 0.5, 0, 0.5, 1), true),
    MOSTLY_RUINED(new Toy(10, 100, 0.5, 0, 0.9, 1), true),
    ALWAYS_RUINED(new Toy(10, 100, 0.5, 0, 1, 1), true);

    @SuppressWarnings("ImmutableEnumChecker") // Toys are not changed.
    private final Toy model;

    private final boolean isHot;

    Honest(Toy model, boolean isHot) {
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
