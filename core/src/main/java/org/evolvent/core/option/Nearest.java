package org.evolvent.core.option;

import java.util.Locale;
import java.util.Set;

/** Finds what somebody meant who misspelt a name. */
final class Nearest {
    private Nearest() {}

    /** Returns a line that proposes the first allowed name that is nearly the wrong one; empty when there is none. */
    static String suggestion(String wrong, Set<String> allowed) {
        return allowed.stream()
                .filter(name -> isNear(wrong, name))
                .findFirst()
                .map("\nMaybe '%s'?"::formatted)
                .orElse("");
    }

    /** One letter too many, too few, other or swapped with its neighbour; or the same but for case and punctuation. */
    private static boolean isNear(String a, String b) {
        String plainA = a.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        String plainB = b.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        int start = 0;
        int shorter = StrictMath.min(plainA.length(), plainB.length());
        while (start < shorter && plainA.charAt(start) == plainB.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && plainA.charAt(plainA.length() - 1 - end) == plainB.charAt(plainB.length() - 1 - end)) {
            end++;
        }
        int leftA = plainA.length() - start - end;
        int leftB = plainB.length() - start - end;
        boolean oneLetter = leftA <= 1 && leftB <= 1;
        boolean swapped = leftA == 2 && leftB == 2 && shorter > 3;
        return oneLetter || swapped;
    }
}
