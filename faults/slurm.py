"""Studies on a real Slurm (cluster.py), and what schedulers do to them. See README.md.

Where Slurm is not installed nothing is tried, loudly.
"""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import cluster
import common
from cluster import Cluster
from common import require
from measures import busy, granted
from node import TRAINER, Node, check, digest, study
from storm import Storm


def same(slurm, rounds):
    """Steps of an allocation, jobs of their own and slots on this machine come to the same decisions."""
    node = Node(slurm)
    for _ in range(rounds):
        node.write("here.yaml", study(6, 6, 0.3, slurm=""))
        here = digest(node.well("run", "here.yaml", "--dir", "here", "--json"))
        node.write("study.yaml", study(6, 6, 0.3))
        require(digest(node.well("run", "study.yaml", "--dir", "jobs", "--json")) == here, "jobs decide otherwise")
        check(node, "jobs", 6, 6)
        places(node, "jobs")
        # More slots than fit: the others wait for room.
        job = node.batch("steps", "--ntasks=4", "--mem=400")
        ended(node, job)
        require(node.status("steps")["state_digest"] == here, "steps of an allocation decide otherwise")
        check(node, "steps", 6, 6)
        places(node, "steps")
    node.close()


def places(node, run):
    """What ran where is told when all is over: each slot that trained had one node and a step of its own."""
    rows = [row for row in common.last_json(node.well("show", run, "--slots", "--json"))["rows"] if row["boxes"]]
    told = [stay["place"] for row in rows for stay in row["stays"]]
    known = [re.fullmatch(r"node (n\d), job step (\d+\.\d+)", place) for place in told]
    require(all(known) and len(told) == len(rows) == len(set(told)), f"the slots of {run} were in {told}")


def ended(node, job, seconds=common.DEADLINE):
    """Wait until a batch job is over."""
    common.until(lambda: job not in node.slurm.jobs(), seconds, f"{node.path('job.out')} says why")


def absent(slurm, rounds):
    """Without Slurm nothing starts, and the message says why."""
    node = Node(slurm)
    node.write("study.yaml", study(6, 6, 0.3))
    os.mkdir(node.path("bin"))
    node.java[0] = subprocess.run(["which", node.java[0]], capture_output=True, text=True, check=True).stdout.strip()
    path, os.environ["PATH"] = os.environ["PATH"], node.path("bin")
    try:
        code, said = node.call("run", "study.yaml", "--dir", "run")
    finally:
        os.environ["PATH"] = path
    require(code == 2 and "there is no program 'srun'" in said, f"ended with {code} and said: {said}")
    require(not os.path.exists(node.path("run")), "it began all the same")
    node.close()


def refused(slurm, rounds):
    """What Slurm calls invalid begins nothing, and what it can never grant stops the study; its own words say why."""
    for asked, expected, words in [
        ("partition: nowhere", 2, "invalid partition specified: nowhere"),
        ("options: [--constraint=gone]", 2, "Invalid feature specification"),
        ("memory: 1TB", 1, "Memory specification can not be satisfied"),
    ]:
        node = Node(slurm)
        node.write("study.yaml", study(6, 6, 0.3, slurm=f"{{slots: 2, {asked}}}"))
        began = time.monotonic()
        code, said = node.call("run", "study.yaml", "--dir", "run")
        seconds = time.monotonic() - began
        require(code == expected and words in said, f"ended with {code} and said: {said}")
        require(os.path.exists(node.path("run")) == (expected == 1), "it began all the same")
        require(seconds < 20, f"it took {seconds:.0f} s")
        print(f"  refused: {asked} after {seconds:.1f} s", flush=True)
        node.close()


def limited(slurm, rounds):
    """Intervals of ten minutes in jobs of one minute: each job goes on where the one before ended."""
    node = Node(slurm)
    text = study(4, 2, 0, "asynchronous", slurm="{slots: 4, cpus: 1, memory: 100MB}")
    text = text.replace("interval: {steps: 10}", "interval: {steps: 600}").replace("{steps: 20}", "{steps: 1200}")
    node.write("study.yaml", text.replace('"TRAIN_SECONDS": "0"', '"STEP_SECONDS": "1"'))
    for number in range(2):
        job = node.batch("run", "--ntasks=4", "--mem=400", "--time=1", "--signal=B:USR1@20")
        ended(node, job)
        parts = [json.loads(body) for _, kind, body in node.log("run") if kind == "interval_suspended"]
        require(len(parts) == 4 * (number + 1), f"{len(parts)} intervals were suspended by job {number}")
    for member in range(4):
        first, second = (part["attempt"] for part in parts if part["attempt"]["member"] == member)
        goes_on = second["step_from"] == first["steps"] > 0 and second["steps"] > 0
        require(goes_on, f"member {member}: {first} and then {second}")
        print(
            f"  limited: member {member} trained {first['steps']} steps, and {second['steps']} from there", flush=True
        )
    node.close()


def failing(slurm, rounds):
    """Errors of a trainer are its own, and use up its attempts, also where its place is given back over them."""
    node = Node(slurm)
    text = study(2, 3, 0).replace("attempts: 1000", "attempts: 2")
    node.write("study.yaml", text.replace('"TRAIN_SECONDS": "0"', '"STEP_SECONDS": "-1"'))
    code, said = node.call("run", "study.yaml", "--dir", "run")
    told = node.status("run")
    require(code == 1 and told["failures"] > 0 == told["lost_attempts"], f"ended with {code} and said: {said} {told}")
    node.close()


def spanning(slurm, rounds):
    """Members of two nodes: trainers that are steps of an allocation start ranks on two of its nodes."""
    node = Node(slurm)
    node.write("here.yaml", study(6, 4, 0.2, slurm=""))
    here = digest(node.well("run", "here.yaml", "--dir", "here", "--json"))
    for _ in range(rounds):
        text = study(6, 4, 0.2, slurm="{slots: 3, cpus: 1, memory: 100MB}")
        node.write("study.yaml", text.replace(TRAINER, os.path.join(common.HERE, "wide.py")))
        ended(node, node.batch("wide", "--nodes=3", "--ntasks-per-node=2", "--mem=400"))
        require(node.status("wide")["state_digest"] == here, "members of two nodes decide otherwise")
        check(node, "wide", 6, 4)
        places(node, "wide")
    node.close()


def devices(slurm, rounds):
    """Each slot has a GPU for itself, as Slurm gave it: as a job and as a step."""
    node = Node(slurm)
    node.write("study.yaml", study(6, 3, 3, slurm="{slots: 6, cpus: 1, gpus: 1, memory: 100MB}"))

    def held():
        told = [
            dict(each.split("=", 1) for each in common.environment(pid) if "=" in each) for pid in common.trainers(node)
        ]
        return sorted((each.get("SLURMD_NODENAME"), each.get("CUDA_VISIBLE_DEVICES")) for each in told)

    wanted = [(name, index) for name in slurm.nodes for index in ("0", "1")]
    process = node.start("run", "study.yaml", "--dir", "jobs")
    common.until(lambda: held() == wanted, 60, lambda: f"jobs have {held()}")
    require(process.wait(common.DEADLINE) == 0, process.said())
    check(node, "jobs", 6, 3)
    job = node.batch("steps", "--ntasks=6", "--mem=400", "--gpus-per-task=1")
    common.until(lambda: held() == wanted, 60, lambda: f"steps have {held()}")
    ended(node, job)
    check(node, "steps", 6, 3)
    node.close()


def requeued(slurm, rounds):
    """A batch job that is requeued goes on where it was; so do jobs in a row, to the last of them."""
    node = Node(slurm)
    node.write("here.yaml", study(6, 40, 0, slurm=""))
    undisturbed = digest(node.well("run", "here.yaml", "--dir", "here", "--json"))
    node.write("study.yaml", study(6, 40, 1.0))
    room = ["--ntasks=6", "--mem=400", "--job-name=tune"]
    for _ in range(rounds):
        job = node.batch("again", *room)
        common.until(lambda: len(common.finished(node.log("again"))) >= 12, 60, "the first of it is not trained")
        slurm.call("scontrol", "requeue", job)
        # Slurm lets a job that was requeued wait for two minutes.
        common.until(lambda: job in slurm.jobs() and not slurm.call("squeue", "-h", "-s"), 60, "it is not ended")
        said = len(node.log("again"))
        slurm.call("scontrol", "update", f"jobid={job}", "starttime=now")
        ended(node, job)
        require(len(node.log("again")) > said > 12, f"{said} events before, {len(node.log('again'))} in all")
        require(node.status("again")["state_digest"] == undisturbed, "decides otherwise when it was requeued")
        check(node, "again", 6, 40)
        jobs = [node.batch("row", *room, "--dependency=singleton", "--time=1", "--signal=B:USR1@20") for _ in range(5)]
        done = [ended(node, job) or len(common.finished(node.log("row"))) for job in jobs]
        require(0 < done[0] < 120 and done[-2] == done[-1] == 240, f"finished after each job of a row: {done}")
        require(node.status("row")["state_digest"] == undisturbed, "decides otherwise in a row of jobs")
        check(node, "row", 6, 40)
    node.close()


def drivers(slurm, rounds):
    """Of drivers on two hosts the second is refused; it takes over from one that is dead, or stopped."""
    if not slurm.hosts.apart or not shutil.which("bindfs"):
        print("  DRIVERS ON TWO HOSTS WERE NOT TRIED: nodes have to be hosts of their own, with bindfs", flush=True)
        return
    here = Node(slurm)
    here.write("study.yaml", study(6, 10, 0, slurm=""))
    undisturbed = digest(here.well("run", "study.yaml", "--dir", "run", "--json"))
    here.close()
    for how, more in [(signal.SIGKILL, []), (signal.SIGSTOP, ["--take-over"]), (signal.SIGKILL, ["--take-over"])][
        :rounds
    ]:
        one = Node(slurm, "n0", mounted=True)
        other = Node(slurm, "n1", one.directory, mounted=True)
        one.write("study.yaml", study(6, 10, 2.0))
        first = one.start("run", "study.yaml", "--dir", "run")
        common.until(lambda: len(common.finished(one.log("run"))) >= 6, 60, first.said)
        code, said = other.call("resume", "run")
        named = code == 1 and f"{first.pid} on n0 since" in said
        require(named, f"the second driver ended with {code} and said: {said}")
        common.kill(first.pid, how)
        known, began = len(one.log("run")), time.monotonic()
        second = other.start("resume", "run", "--json", *more)
        common.until(lambda: len(one.log("run")) > known, 90, second.said)
        waited = time.monotonic() - began
        common.kill(first.pid, signal.SIGCONT)
        code = first.wait(60)
        require(code == (1 if how == signal.SIGSTOP else -how), f"the first one ended with {code}: {first.said()}")
        require(second.wait(common.DEADLINE) == 0, second.said())
        said = common.last_json(second.said())
        require(said["state_digest"] == undisturbed, "other decisions than undisturbed")
        require(how == signal.SIGKILL or said["lost_attempts"] == 0, f"the first one took places away: {second.said()}")
        for pid in common.processes():
            if common.words(pid).startswith(f"bindfs {one.directory}"):
                common.kill(pid, signal.SIGTERM)
        one.await_nobody(10)
        check(Node(slurm, directory=one.directory), "run", 6, 10)
        print(f"  drivers: one that got {how.name} is taken over within {waited:.0f} s {' '.join(more)}", flush=True)
        one.close()


def chaos(slurm, rounds, members=8, intervals=25, seconds=1.5, quick=False):
    """Places that are jobs, under all faults; the driver is started again whenever it was killed."""
    for number in range(rounds):
        node = Node(slurm)
        mode = ["synchronous", "asynchronous"][number % 2]
        node.write("here.yaml", study(members, intervals, 0, slurm=""))
        undisturbed = digest(node.well("run", "here.yaml", "--dir", "here", "--json"))
        node.write("study.yaml", study(members, intervals, seconds, mode))
        storm = Storm(node, random.Random(f"{os.environ['SEED']} {number}"), quick)
        began = time.monotonic()
        process = node.start("run", "study.yaml", "--dir", "run", "--json")
        starts = 1
        while process.poll() in (None, -signal.SIGKILL):
            if process.poll() is not None:
                process = node.start("run", "study.yaml", "--dir", "run", "--or-resume", "--json")
                starts += 1
            time.sleep(storm.random.uniform(0.5, 3))
            if len(common.finished(node.log("run"))) < 0.9 * members * intervals:
                storm.strike()
            require(time.monotonic() - began < 600, f"not over: {storm.done} {process.said()}")
        require(process.returncode == 0, f"it ended with {process.returncode} after {storm.done}: {process.said()}")
        if mode == "synchronous":
            require(digest(process.said()) == undisturbed, f"other decisions than undisturbed, after {storm.done}")
        check(node, "run", members, intervals if mode == "synchronous" else None)
        faults = ", ".join(f"{storm.done.count(name)} {name}" for name in sorted(set(storm.done)))
        print(f"  {mode} {number}: {starts} drivers, {time.monotonic() - began:.0f} s; {faults}", flush=True)
        node.close()


def weather(slurm, rounds):
    """Chaos of a few seconds, with the faults that take no longer."""
    chaos(slurm, rounds, members=6, intervals=6, seconds=0.5, quick=True)


SCENARIOS = {
    "absent": absent,
    "same": same,
    "refused": refused,
    "limited": limited,
    "devices": devices,
    "failing": failing,
    "spanning": spanning,
    "requeued": requeued,
    "drivers": drivers,
    "weather": weather,
    "chaos": chaos,
    "busy": busy,
    "granted": granted,
}


if __name__ == "__main__":
    if cluster.missing():
        print(f"SLURM WAS NOT TRIED: there is no {', '.join(cluster.missing())} here (apt-get install slurm-wlm munge)")
        sys.exit(0)
    with Cluster() as started:

        def scenario(function):
            def run(draw, rounds):
                os.environ["SEED"] = str(draw.randrange(10**6))
                function(started, rounds)

            return run

        common.main("slurm.py", {name: scenario(function) for name, function in SCENARIOS.items()})
