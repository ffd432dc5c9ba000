"""What a study on Slurm takes, beside the same one on this machine."""

import os
import statistics
import time

import common
from common import require
from node import SLOTS, Node, digest, study

TIMES = (
    "slots train {:.4f} of the time once placed, {:.4f} by what trainers have slept at least, "
    "{:.4f} with start and save, median interval {:.2f} ms"
)


def busy(slurm, rounds):
    """Prints how much of their time slots train once they are placed, and what an interval costs more than here.

    Members train step by step: what is tried on the side is a twentieth of an interval.
    """
    places = {"here": "", "slurm": "{slots: 6, cpus: 1, memory: 100MB}"}
    kinds = {f"{where}-{mode}": (where, mode) for mode in ("asynchronous", "synchronous") for where in places}
    seen = {name: [] for name in kinds}
    for _ in range(rounds):
        node, digests = Node(slurm), set()
        for name, (where, mode) in kinds.items():
            text = study(24, 30, 1.0, mode, places[where])
            node.write("study.yaml", text.replace('"TRAIN_SECONDS": "1.0"', '"STEP_SECONDS": "0.1"'))
            output = node.well("run", "study.yaml", "--dir", name, "--json", seconds=900)
            said = common.last_json(output)
            if mode == "synchronous":
                digests.add(digest(output))
            rest = common.rows(
                node.path(name, "events.db"),
                "SELECT julianday(started_at) * 86400, julianday(finished_at) * 86400 FROM intervals",
            )
            times = [finished - started for started, finished in rest]
            placed = max(finished for _, finished in rest) - min(started for started, _ in rest)
            shares = [trained / SLOTS / placed for trained in (said["training_seconds"], len(times), sum(times))]
            seen[name].append([*shares, statistics.median(times) * 1000])
            print(f"  {name}: {TIMES.format(*seen[name][-1])}, load {os.getloadavg()[0]:.1f}", flush=True)
        require(len(digests) == 1, "Slurm decides otherwise than this machine")
        node.close()
    for name, runs in seen.items():
        medians = [statistics.median(each) for each in zip(*runs, strict=True)]
        print(f"  {name}, medians of {rounds}: {TIMES.format(*medians)}", flush=True)


def granted(slurm, rounds):
    """Prints how soon an attempt begins once Slurm has granted a place, at once or late: jobs, and steps."""
    for what in ("jobs", "steps"):
        seconds = {"at once": [], "late": []}
        for _ in range(rounds):
            node = Node(slurm)
            for when, delay in grants(node, what):
                seconds[when].append(delay)
            node.close()
        for when, delays in seconds.items():
            each = f"median {statistics.median(delays):.2f} s, at most {max(delays):.2f} s"
            print(f"  {what}, granted {when}: an attempt begins after {each}; {len(delays)} places", flush=True)


def grants(node, what):
    """Run a study that gets three of its six places late; returns when each came and what it waited for an attempt."""
    node.write("study.yaml", study(12, 20, 0.5, "asynchronous"))
    small = ["--ntasks=3", "--mem=100"]
    if what == "jobs":
        other = node.slurm.call("sbatch", "--parsable", *small, "--output=/dev/null", "--wrap=sleep 1h")
        common.until(lambda: "R" in node.slurm.call("squeue", "-h", "-o", "%t"), 60, "the partition is not filled")
        process = node.start("run", "study.yaml", "--dir", "run")
        query = ("squeue", "-h", "-t", "R", "-o", "%A %j")
        is_over = lambda: process.poll() is not None
        free = lambda: node.slurm.call("scancel", other.strip())
    else:
        job = node.batch("run", "--ntasks=6", "--mem=400", before=f"srun --exact {' '.join(small)} sleep 1h &\nsleep 1")
        query = ("squeue", "-h", "-s", "-o", "%i %j")
        is_over = lambda: job not in node.slurm.jobs()
        free = lambda: node.slurm.call("scancel", f"{job}.0")
    began, freed, seen, slots = time.time(), None, {}, {}
    while not is_over():
        said = node.slurm.call(*query)
        for place in [line.split()[0] for line in said.splitlines() if "evolvent-" in line]:
            seen.setdefault(place, time.time())
        for pid in common.trainers(node):
            told = dict(line.split("=", 1) for line in common.environment(pid) if "=" in line)
            if "EVOLVENT_SLOT" in told:  # Nothing can be read of one that has just ended.
                step = "" if what == "jobs" else "." + told["SLURM_STEP_ID"]
                slots.setdefault(told["SLURM_JOB_ID"] + step, told["EVOLVENT_SLOT"])
        if freed is None and time.time() > began + 10:
            freed = time.time()
            free()
        time.sleep(0.03)
    first = dict(
        common.rows(
            node.path("run", "events.db"),
            "SELECT slot, min(julianday(started_at) - 2440587.5) * 86400 FROM intervals GROUP BY slot",
        )
    )
    require(len(slots) == len(first) == SLOTS, f"{slots} trained; attempts began {first}")
    return [
        ("late" if seen[place] > freed else "at once", first[int(slot)] - seen[place]) for place, slot in slots.items()
    ]
