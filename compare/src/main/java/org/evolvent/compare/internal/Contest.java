package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Runs the studies of all strategies side by side, then the leader again on seeds that had no part in choosing it.
 *
 * @param arena where they meet
 * @param contenders at least one, with different names
 * @param firstSeed the seed of the first study; the others follow
 * @param seeds the studies of each strategy, at least 1
 * @param fresh the studies of the leader on fresh seeds, which follow the others; from 0
 * @param parallel how many studies run at the same time, at least 1
 */
public record Contest(Arena arena, List<Contender> contenders, long firstSeed, int seeds, int fresh, int parallel) {
    private record Job(Contender contender, Arena.Stage stage, long seed) {}

    public Contest {
        contenders = List.copyOf(contenders);
    }

    /**
     * Runs everything.
     *
     * @param progress is told of each study that is finished, by this thread
     * @throws Arena.InterruptedStudy when the arena was stopped before the end
     */
    public Comparison run(Consumer<ComparedStudy> progress) {
        List<Job> jobs = new ArrayList<>();
        for (long seed : LongStream.range(firstSeed, firstSeed + seeds).toArray()) {
            contenders.forEach(contender -> jobs.add(new Job(contender, Arena.Stage.CHOOSING, seed)));
        }
        List<ComparedStudy> outcomes = new ArrayList<>(run(jobs, progress));
        Comparison chosen = Comparison.of(arena.terms(), outcomes);
        if (fresh == 0) {
            return chosen;
        }
        Contender leader = contenders.stream()
                .filter(contender -> contender.name().equals(chosen.leader().strategy()))
                .findFirst()
                .orElseThrow();
        List<Job> again = LongStream.range(firstSeed + seeds, firstSeed + seeds + fresh)
                .mapToObj(seed -> new Job(leader, Arena.Stage.REPORTING, seed))
                .toList();
        outcomes.addAll(run(again, progress));
        return Comparison.of(arena.terms(), outcomes);
    }

    /** Returns the outcomes in the order of the jobs. */
    private List<ComparedStudy> run(List<Job> jobs, Consumer<ComparedStudy> progress) {
        ComparedStudy[] outcomes = new ComparedStudy[jobs.size()];
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            ExecutorCompletionService<Integer> ends = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < outcomes.length; i++) {
                int index = i;
                ends.submit(() -> {
                    Job job = jobs.get(index);
                    Trace trace = arena.run(job.contender(), job.stage(), job.seed());
                    outcomes[index] = new ComparedStudy(job.contender().name(), job.stage(), job.seed(), trace);
                    return index;
                });
            }
            for (int i = 0; i < outcomes.length; i++) {
                progress.accept(outcomes[ends.take().get()]);
            }
            return List.of(outcomes);
        } catch (ExecutionException e) {
            arena.stop();
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            arena.stop();
            Thread.currentThread().interrupt();
            throw new Arena.InterruptedStudy();
        } finally {
            // Those still under way have been told to stop; whoever closes the arena must find it empty.
            await(threads);
        }
    }

    private static void await(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
