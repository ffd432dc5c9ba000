"""Studies on a cluster, and a host that they are driven from."""

import json
import os

import common
from common import Place, require

SLOTS = 6
TRAINER = os.path.join(common.HERE, "trainer.py")


def study(members, intervals, seconds, mode="synchronous", slurm="{slots: 6, cpus: 1, memory: 100MB, time: 1h}"):
    """Return the text of a study file; without Slurm its slots are on this machine."""
    text = common.study(
        command=f"[python3, {TRAINER}]",
        environment={"TRAIN_SECONDS": str(seconds), "CHECKPOINT_BYTES": "10000"},
        population=members,
        steps=10 * intervals,
        mode=mode,
        slots=SLOTS,
    )
    return text.replace(f"slots: {SLOTS}, cpus: 1", f"slurm: {slurm}") if slurm else text


class Node(Place):
    """A place whose commands are those of a cluster's login node, or of one of its hosts."""

    def __init__(self, slurm, host=None, directory=None, mounted=False):
        super().__init__(directory)
        if host:
            self.java = slurm.hosts.command(host, self.java, self.directory if mounted else None)
        os.environ["SLURM_CONF"] = slurm.conf
        self.slurm = slurm

    def batch(self, run, *more, before=""):
        """Submit the driver as a job, which Slurm starts again when it was requeued; returns the job's id.

        Commands of a shell may come before.
        """
        words = " ".join([*self.java, "run", self.path("study.yaml"), "--dir", self.path(run), "--or-resume"])
        self.write("job.sh", f"#!/bin/sh\nexport FAULTS_MARK={self.mark}\n{before}\nexec {words}\n")
        output = self.path("job.out")
        said = self.slurm.call(
            "sbatch", "--parsable", "--requeue", "--open-mode=append", f"--output={output}", *more, self.path("job.sh")
        )
        return said.strip()


def steps(log):
    """Return where each interval of the log began and ended, along its lineage; they must fit together."""
    ends = {}
    for _, kind, body in log:
        if kind == "interval_finished":
            attempt = json.loads(body)["attempt"]
            parent = attempt.get("parent")
            begins = attempt["step_from"]
            if parent:
                require(ends[parent["member"], parent["interval"]] == begins, f"{attempt} begins at another step")
            ends[attempt["member"], attempt["interval"]] = begins + attempt["steps"]
    return ends


def check(node, run, members, intervals=None):
    """Every interval counts once, its steps follow from its parent's, and everything can be derived again."""
    common.until(lambda: not node.slurm.jobs("evolvent-"), 10, lambda: f"jobs are left: {node.slurm.jobs('evolvent-')}")
    node.await_nobody(10)
    log = node.log(run)
    common.check_log(log, members, intervals)
    steps(log)
    common.check_end(node, run)


def digest(said):
    return common.last_json(said)["state_digest"]
