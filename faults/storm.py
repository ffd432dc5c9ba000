"""What happens to a cluster of Slurm while it runs a study (slurm.py)."""

import signal
import time

import common


class Storm:
    """Does one terrible thing after another to a cluster that runs a study; each can be survived."""

    def __init__(self, node, draw, quick):
        self.node, self.slurm, self.random = node, node.slurm, draw
        self.faults = list(self.QUICK if quick else self.QUICK + self.SLOW)
        if not quick and self.slurm.hosts.apart:
            self.faults.append(Storm.unreachable)
        self.done = []

    def kill_one(self, wanted):
        """Kill a marked process whose command is wanted."""
        found = [pid for pid in self.node.marked() if wanted(common.words(pid))]
        if found:
            common.kill(self.random.choice(found), signal.SIGKILL)

    def trainer(self):
        self.kill_one(common.is_trainer)

    def keeper(self):
        """What stands between the trainer and srun, on its node, or between srun and the driver."""
        self.kill_one(lambda words: "trainer.py" in words and not words.startswith(("srun ", "python3 ")))

    def srun(self):
        self.kill_one(lambda words: words.startswith("srun "))

    def slurmd(self):
        name = self.random.choice(self.slurm.nodes)
        self.slurm.kill(name)
        time.sleep(self.random.uniform(0, 4))
        self.slurm.start(name)

    def scancel(self):
        jobs = self.slurm.jobs("evolvent-", check=False)
        if jobs:
            self.slurm.call("scancel", self.random.choice(jobs), check=False)

    def drain(self):
        self.node_is("drain")

    def down(self):
        self.node_is("down")

    def node_is(self, state):
        name = self.random.choice(self.slurm.nodes)
        self.slurm.call("scontrol", "update", f"node={name}", f"state={state}", "reason=chaos", check=False)
        time.sleep(self.random.uniform(1, 5))
        self.slurm.call("scontrol", "update", f"node={name}", "state=resume", check=False)

    def stopped(self):
        """A node that hangs for longer than Slurm waits, and comes back."""
        name = self.random.choice(self.slurm.nodes)
        pids = [pid for pid in common.processes() if f"SLURMD_NODENAME={name}" in common.environment(pid)]
        parents = {
            int(common.read(pid, "stat").rsplit(")", 1)[1].split()[1]) for pid in pids if common.read(pid, "stat")
        }
        pids += [pid for pid in parents if common.words(pid).startswith("slurmstepd")]
        pids.append(self.slurm.daemons[name].pid)
        for pid in pids:
            common.kill(pid, signal.SIGSTOP)
        time.sleep(self.random.uniform(12, 18))
        for pid in pids:
            common.kill(pid, signal.SIGCONT)

    def unreachable(self):
        """A node that nothing goes to and comes from for longer than Slurm waits, while it trains on."""
        name = self.random.choice(self.slurm.nodes)
        self.slurm.hosts.cut(name)
        time.sleep(self.random.uniform(12, 18))
        self.slurm.hosts.mend(name)

    def slurmctld(self):
        self.slurm.kill("slurmctld")
        time.sleep(self.random.uniform(0, 5))
        self.slurm.start("slurmctld")

    def preempted(self):
        self.slurm.call(
            "sbatch", "-p", "urgent", "--ntasks=2", "--mem=100", "--output=/dev/null", "--wrap=sleep 3", check=False
        )

    def time_limit(self):
        jobs = self.slurm.jobs("evolvent-", check=False)
        if jobs:
            job = self.random.choice(jobs)
            self.slurm.call("scontrol", "update", f"jobid={job}", "timelimit=0:00:01", check=False)

    def driver(self):
        self.kill_one(lambda words: "org.evolvent.cli.Evolvent" in words)

    SLOW = (slurmd, drain, stopped, time_limit)

    QUICK = (trainer, keeper, srun, scancel, down, slurmctld, preempted, driver)

    def strike(self):
        fault = self.random.choice(self.faults)
        self.done.append(fault.__name__)
        fault(self)
