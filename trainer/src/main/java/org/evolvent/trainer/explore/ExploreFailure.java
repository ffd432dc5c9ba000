package org.evolvent.trainer.explore;

/** The program did not answer as it must; the message says how. */
final class ExploreFailure extends Exception {
    ExploreFailure(String message) {
        super(message);
    }
}
