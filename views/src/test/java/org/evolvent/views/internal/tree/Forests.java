package org.evolvent.views.internal.tree;

import java.util.Arrays;
import java.util.BitSet;
import org.evolvent.core.random.RandomStream;

/** Forests that no study made. */
final class Forests {
    private Forests() {}

    static Forest empty() {
        return new Grown(0);
    }

    /** Returns one of members that train for as long as they like, and copy whom they like. */
    static Grown grown(RandomStream random, int members, int size) {
        Grown forest = new Grown(size);
        int[] held = new int[members];
        Arrays.fill(held, -1);
        for (int node = 0; node < size; node++) {
            int member = random.index(members);
            if (node > members && random.chance(0.2)) {
                held[member] = held[random.index(members)];
            }
            forest.add(member, held[member], 1 + random.below(100));
            held[member] = node;
        }
        for (int node : held) {
            forest.hold(node);
        }
        return forest;
    }

    /** Returns one of a population of which a fifth copies another fifth after each interval. */
    static Grown rounds(RandomStream random, int members, int rounds) {
        Grown forest = new Grown(members * rounds);
        for (int round = 0; round < rounds; round++) {
            int before = forest.size - members;
            for (int member = 0; member < members; member++) {
                boolean copies = member >= members - members / 5;
                int donor = copies ? random.index(members / 5) : member;
                forest.add(member, round == 0 ? -1 : before + (donor * 7919 + round) % members, 10);
            }
        }
        for (int member = 0; member < members; member++) {
            forest.hold(forest.size - 1 - member);
        }
        return forest;
    }

    /** In columns. */
    static final class Grown implements Forest {
        private final int[] parents;
        private final int[] members;
        private final long[] from;
        private final long[] to;
        private final BitSet living = new BitSet();
        private int size;

        Grown(int most) {
            parents = new int[most];
            members = new int[most];
            from = new long[most];
            to = new long[most];
        }

        void add(int member, int parent, long length) {
            parents[size] = parent;
            members[size] = member;
            from[size] = parent < 0 ? 0 : to[parent];
            to[size] = from[size] + length;
            size++;
        }

        void hold(int node) {
            if (node >= 0) {
                living.set(node);
            }
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int parent(int node) {
            return parents[node];
        }

        @Override
        public int member(int node) {
            return members[node];
        }

        @Override
        public int interval(int node) {
            int interval = 0;
            for (int at = parents[node]; at >= 0; at = parents[at]) {
                interval++;
            }
            return interval;
        }

        @Override
        public long from(int node) {
            return from[node];
        }

        @Override
        public long to(int node) {
            return to[node];
        }

        @Override
        public boolean lives(int node) {
            return living.get(node);
        }

        @Override
        public boolean failed(int node) {
            return node % 31 == 5;
        }

        @Override
        public double score(int node) {
            return node % 13 == 0 ? Double.NaN : node;
        }

        @Override
        public int best() {
            return size - 1;
        }
    }
}
