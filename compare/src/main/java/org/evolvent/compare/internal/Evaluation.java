package org.evolvent.compare.internal;

/** How the score of a study's best model relates to what chose that model. */
public enum Evaluation {
    /** The model was evaluated again, by what had no part in choosing it. */
    AGAIN("each chosen model is evaluated again, by what had no part in choosing it"),
    /** It is another metric than the objective, which alone chose. */
    APART("a metric of the chosen model that had no part in choosing it"),
    /** It is the score that chose the model, the best of many, and so too good by what luck there is in an evaluation. */
    CHOSE("those that chose the models; where evaluations are noisy the best of many is better than its model");

    private final String words;

    Evaluation(String words) {
        this.words = words;
    }

    /** Returns this for people. */
    String words() {
        return words;
    }
}
