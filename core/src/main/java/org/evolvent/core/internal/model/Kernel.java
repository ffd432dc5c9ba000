package org.evolvent.core.internal.model;

/** A covariance function: symmetric, positive semi-definite, and 1 for equal points. */
@FunctionalInterface
public interface Kernel {
    /** Returns the covariance of two points. */
    double at(double[] a, double[] b);
}
