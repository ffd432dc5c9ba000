package org.evolvent.core.internal.model;

import java.util.Arrays;

/** The lower triangle L of a symmetric positive definite matrix K = L L'. Immutable. */
final class Cholesky {
    private final double[][] lower;
    private final double raise;

    private Cholesky(double[][] lower, double raise) {
        this.lower = lower;
        this.raise = raise;
    }

    /**
     * Factors a matrix. Where rounding has made it indefinite, the diagonal is raised until it is not.
     *
     * @param matrix its lower triangle is read and overwritten
     */
    static Cholesky of(double[][] matrix) {
        double[][] original = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            original[i] = matrix[i].clone();
        }
        double raise = 0;
        while (!factor(matrix, 0)) {
            raise = raise == 0 ? 1e-10 : raise * 10;
            for (int i = 0; i < matrix.length; i++) {
                System.arraycopy(original[i], 0, matrix[i], 0, original[i].length);
                matrix[i][i] += raise;
            }
        }
        return new Cholesky(matrix, raise);
    }

    /**
     * Returns the factor of a matrix whose upper left part is the one factored here, at the cost of the new rows only.
     *
     * @param rows the lower triangle below that part; not changed
     */
    Cholesky extended(double[][] rows) {
        double[][] all = Arrays.copyOf(lower, lower.length + rows.length);
        double[] diagonal = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            diagonal[i] = rows[i][rows[i].length - 1] + raise;
        }
        for (double more = 0; ; more = more == 0 ? 1e-10 : more * 10) {
            for (int i = 0; i < rows.length; i++) {
                double[] row = rows[i].clone();
                row[row.length - 1] = diagonal[i] + more;
                all[lower.length + i] = row;
            }
            if (factor(all, lower.length)) {
                return new Cholesky(all, raise);
            }
        }
    }

    private static boolean factor(double[][] a, int begin) {
        for (int i = begin; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j] - dot(a[i], a[j], j);
                if (i > j) {
                    a[i][j] = sum / a[j][j];
                } else if (sum > 1e-12) {
                    a[i][i] = StrictMath.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** Four sums side by side, which the compiler can keep in registers; always in the same order. */
    private static double dot(double[] a, double[] b, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < length; k += 4) {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }
        for (; k < length; k++) {
            s0 += a[k] * b[k];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** Returns the x of L x = y. */
    double[] solveLower(double[] y) {
        double[] x = new double[y.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (y[i] - dot(lower[i], x, i)) / lower[i][i];
        }
        return x;
    }

    /** Returns the x of K x = y. */
    double[] solve(double[] y) {
        double[] x = solveLower(y);
        for (int i = x.length - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            for (int k = 0; k < i; k++) {
                x[k] -= lower[i][k] * x[i];
            }
        }
        return x;
    }

    /** Returns ln det K. */
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += StrictMath.log(lower[i][i]);
        }
        return 2 * sum;
    }
}
