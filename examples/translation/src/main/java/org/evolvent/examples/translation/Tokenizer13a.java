package org.evolvent.examples.translation;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The tokenization 13a of BLEU: that of NIST's program mteval-v13a, for languages with Latin letters, as sacreBLEU 2 has it. Scores can
 * only be compared when they are of the same tokenization.
 */
final class Tokenizer13a {
    /** What Python takes for white space, which is more than Java does: U+0085 and the no-break spaces, for example. */
    private static final String WHITE_SPACE = "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680"
            + "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    private static final Pattern GAP = Pattern.compile("[" + WHITE_SPACE + "]+");

    /** All of ASCII that is neither letter nor digit, but for the apostrophe, the comma, the hyphen and the period. */
    private static final Pattern SYMBOL = Pattern.compile("([{-~\\[-` -&(-+:-@/])");

    private static final Pattern POINT_AFTER_OTHERS = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_BEFORE_OTHERS = Pattern.compile("([.,])([^0-9])");
    private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    private Tokenizer13a() {}

    /** Returns the tokens of a line; none of an empty one. */
    static List<String> tokens(String line) {
        String text = withoutTrailingSpace(line)
                .replace("<skipped>", "")
                .replace("-\n", "")
                .replace("\n", " ")
                .replace("&quot;", "\"")
                .replace("&amp;", "&") // Before the next two, so that "&amp;lt;" is "<": as in the original.
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        text = SYMBOL.matcher(" " + text + " ").replaceAll(" $1 ");
        text = POINT_AFTER_OTHERS.matcher(text).replaceAll("$1 $2 ");
        text = POINT_BEFORE_OTHERS.matcher(text).replaceAll(" $1 $2");
        text = HYPHEN_AFTER_DIGIT.matcher(text).replaceAll("$1 $2 ");
        return GAP.splitAsStream(text).filter(token -> !token.isEmpty()).toList();
    }

    private static String withoutTrailingSpace(String line) {
        int end = line.length();
        while (end > 0 && WHITE_SPACE.indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return line.substring(0, end);
    }
}
