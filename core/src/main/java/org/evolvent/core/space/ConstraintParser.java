package org.evolvent.core.space;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evolvent.core.space.Constraint.Comparison;
import org.evolvent.core.space.Constraint.Expression;

/** Reads one constraint by descent: a sum is of products, a product of factors. */
final class ConstraintParser {
    private static final int LONGEST = 1000;
    private static final int DEEPEST = 50;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|\\.\\d+(?:[eE][+-]?\\d+)?)|([A-Za-z][A-Za-z0-9_.-]*)|(<=|>=|==|!=|[<>+*/()-]))");
    private static final Map<String, Comparison> COMPARISONS = comparisons();

    private final String text;
    private final Matcher tokens;
    private final Set<String> names = new LinkedHashSet<>();
    private int depth;

    /** The token at hand: a number, a name or a sign; empty at the end. */
    private String token = "";

    private int begin;

    ConstraintParser(String text) {
        this.text = text;
        this.tokens = TOKEN.matcher(text);
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A constraint has %s characters but must have at most %s".formatted(text.length(), LONGEST));
        }
    }

    private static Map<String, Comparison> comparisons() {
        Map<String, Comparison> comparisons = new LinkedHashMap<>();
        comparisons.put("<=", (left, right) -> left <= right);
        comparisons.put("<", (left, right) -> left < right);
        comparisons.put(">=", (left, right) -> left >= right);
        comparisons.put(">", (left, right) -> left > right);
        comparisons.put("==", (left, right) -> left == right);
        comparisons.put("!=", (left, right) -> left != right && !Double.isNaN(left) && !Double.isNaN(right));
        return comparisons;
    }

    Constraint constraint() {
        next(0);
        Expression left = sum();
        Comparison comparison = COMPARISONS.get(token);
        if (comparison == null) {
            throw wrong("one of " + String.join(" ", COMPARISONS.keySet()));
        }
        advance();
        Expression right = sum();
        if (!token.isEmpty()) {
            throw wrong("the end, since a constraint is one comparison");
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "The constraint '%s' is about no parameter but must name at least one".formatted(text));
        }
        return new Constraint(text, names, left, comparison, right);
    }

    private Expression sum() {
        Expression sum = product();
        while (token.equals("+") || token.equals("-")) {
            Expression before = sum;
            boolean plus = token.equals("+");
            advance();
            Expression term = product();
            sum = plus
                    ? numbers -> before.value(numbers) + term.value(numbers)
                    : numbers -> before.value(numbers) - term.value(numbers);
        }
        return sum;
    }

    private Expression product() {
        Expression product = factor();
        while (token.equals("*") || token.equals("/")) {
            Expression before = product;
            boolean times = token.equals("*");
            advance();
            Expression factor = factor();
            product = times
                    ? numbers -> before.value(numbers) * factor.value(numbers)
                    : numbers -> before.value(numbers) / factor.value(numbers);
        }
        return product;
    }

    private Expression factor() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "The constraint '%s' is nested more than %s levels deep".formatted(text, DEEPEST));
        }
        Expression factor;
        String first = token;
        if (first.equals("-")) {
            advance();
            Expression positive = factor();
            factor = numbers -> -positive.value(numbers);
        } else if (first.equals("(")) {
            advance();
            factor = sum();
            if (!token.equals(")")) {
                throw wrong("')'");
            }
            advance();
        } else if (!first.isEmpty() && Character.isLetter(first.charAt(0))) {
            names.add(first);
            advance();
            factor = numbers -> numbers.applyAsDouble(first);
        } else if (!first.isEmpty() && (Character.isDigit(first.charAt(0)) || first.charAt(0) == '.')) {
            double number = Double.parseDouble(first);
            advance();
            factor = numbers -> number;
        } else {
            throw wrong("a number, the name of a parameter, '-' or '('");
        }
        depth--;
        return factor;
    }

    private void advance() {
        next(begin + token.length());
    }

    private void next(int from) {
        int start = from;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        begin = start;
        if (start == text.length()) {
            token = "";
            return;
        }
        if (!tokens.region(start, text.length()).lookingAt()) {
            token = text.substring(start, start + 1);
            throw wrong("numbers, names of parameters, + - * / ( ) and one comparison");
        }
        token = tokens.group().strip();
    }

    private IllegalArgumentException wrong(String rule) {
        return new IllegalArgumentException("The constraint '%s' has %s at character %s where there must be %s"
                .formatted(text, token.isEmpty() ? "its end" : "'%s'".formatted(token), begin + 1, rule));
    }
}
