package org.evolvent.core.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists of values of one type. */
class ListType<T> extends OptionType<List<T>> {
    private final OptionType<T> element;
    private final int least;

    ListType(OptionType<T> element, int least) {
        this.element = element;
        this.least = least;
    }

    @Override
    List<T> read(Object plain, List<String> path) {
        if (!(plain instanceof List<?> list) || list.size() < least) {
            throw wrong(plain, path);
        }
        List<T> read = new ArrayList<>();
        for (Object each : list) {
            String index = Integer.toString(read.size());
            read.add(element.read(
                    each, Stream.concat(path.stream(), Stream.of(index)).toList()));
        }
        return List.copyOf(read);
    }

    @Override
    Object plain(List<T> value) {
        return value.stream().map(element::plain).toList();
    }

    @Override
    public boolean allows(List<T> value) {
        return value.size() >= least && value.stream().allMatch(element::allows);
    }

    @Override
    public String allowed() {
        String size = least == 0 ? "a list" : "a list of at least " + least;
        return size + ", each " + element.allowed();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", element.schema());
        if (least > 0) {
            schema.put("minItems", least);
        }
        return schema;
    }

    /** Nothing, or two factors from 1 on, of which the second is above the first. */
    static final class FactorRange extends ListType<Double> {
        FactorRange() {
            super(OptionType.realFrom(1), 0);
        }

        @Override
        List<Double> read(Object plain, List<String> path) {
            List<Double> read = super.read(plain, path);
            if (!allows(read)) {
                throw wrong(plain, path);
            }
            return read;
        }

        @Override
        public boolean allows(List<Double> value) {
            return super.allows(value) && (value.isEmpty() || (value.size() == 2 && value.get(0) < value.get(1)));
        }

        @Override
        public String allowed() {
            return "an empty list or two factors of at least 1, the larger one last";
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = super.schema();
            Map<String, Object> two = new LinkedHashMap<>();
            two.put("minItems", 2);
            two.put("maxItems", 2);
            schema.put("anyOf", List.of(Map.of("maxItems", 0), two));
            return schema;
        }
    }

    /** Each above the one before. */
    static final class Ascending extends ListType<Integer> {
        Ascending(int least, int size) {
            super(new OptionType.IntegerType(least), size);
        }

        @Override
        List<Integer> read(Object plain, List<String> path) {
            List<Integer> read = super.read(plain, path);
            if (!allows(read)) {
                throw wrong(plain, path);
            }
            return read;
        }

        @Override
        public boolean allows(List<Integer> value) {
            boolean ascends = true;
            for (int i = 1; i < value.size(); i++) {
                ascends &= value.get(i) > value.get(i - 1);
            }
            return ascends && super.allows(value);
        }

        @Override
        public String allowed() {
            return super.allowed() + ", in ascending order";
        }
    }
}
