package org.evolvent.views.internal.tree;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import org.evolvent.core.random.RandomStream;

/** Forests that no study made. */
final class Forests {
    private Forests() {}

    static Forest empty() {
        return new Grown(0);
    }

    /** Returns one of members that train for as long as they like, and copy whom they like. */
    static Grown grown(RandomStream random, int members, int size, Consumer<Grown> watcher) {
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
            forest.hold(held);
            watcher.accept(forest);
        }
        return forest;
    }

    /** Returns one of a population of which a fifth copies a fifth after each interval, by lot. */
    static Grown rounds(RandomStream random, int members, int rounds) {
        Grown forest = new Grown(members * rounds);
        int[] parents = new int[members];
        int[] held = new int[members];
        for (int round = 0; round < rounds; round++) {
            for (int member = 0; member < members; member++) {
                parents[member] = round == 0 ? -1 : held[member];
            }
            for (int i = members - 1; round > 0 && i > 0; i--) {
                int other = random.index(i + 1);
                int swapped = parents[i];
                parents[i] = parents[other];
                parents[other] = swapped;
            }
            int[] ranked = parents.clone();
            for (int loser = 0; round > 0 && loser < members / 5; loser++) {
                ranked[members - 1 - loser] = parents[random.index(members / 5)];
            }
            for (int i = 0; i < members; i++) {
                // Who is replaced stays who it was.
                int member = parents[i] < 0 ? i : forest.member(parents[i]);
                held[member] = forest.size();
                forest.add(member, ranked[i], 10);
            }
        }
        forest.hold(held);
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
        private int best = -1;

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

        /** Fixes the best; without that it is the latest. */
        void best(int node) {
            best = node;
        }

        void hold(int... nodes) {
            living.clear();
            Arrays.stream(nodes).filter(node -> node >= 0).forEach(living::set);
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
            return best < 0 ? size - 1 : best;
        }
    }
}
