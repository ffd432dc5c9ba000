package org.evolvent.examples.arcade;

/** Generalised advantage estimation (Schulman et al. 2016, arXiv 1506.02438). */
final class Advantages {
    private Advantages() {}

    /**
     * Tells how much better each step went than was expected. All arrays have the players of the first step first, then those of the second.
     *
     * @param advantages takes the result, steps x players
     * @param rewards steps x players
     * @param values of what was seen before each step, and after the last: (steps + 1) x players
     * @param goesOn 0 where the episode ended with the step, else 1: steps x players
     * @param cutOff the value of what was seen last where the step was the episode's last but not its end, else 0: steps x players
     */
    static void put(
            float[] advantages, float[] rewards, float[] values, float[] goesOn, float[] cutOff, Settings settings) {
        int players = values.length - rewards.length;
        float discount = (float) settings.discount();
        float decay = (float) (settings.discount() * settings.lambda());
        for (int at = rewards.length - 1; at >= 0; at--) {
            float following = goesOn[at] * values[at + players] + cutOff[at];
            float later = at + players < advantages.length ? advantages[at + players] : 0;
            advantages[at] = rewards[at] + discount * following - values[at] + decay * goesOn[at] * later;
        }
    }
}
