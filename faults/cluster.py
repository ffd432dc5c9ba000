"""A real Slurm on this machine, as root: munge, a controller and nodes, which are hosts of their own if possible.

`python3 faults/cluster.py` starts one, says which SLURM_CONF to set, and ends it on Ctrl-C; `python3 faults/cluster.py
COMMAND...` runs a command in it. Debian's packages `slurm-wlm` and `munge` are needed; nothing starts them as services.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time

import hosts

PROGRAMS = ["munged", "slurmctld", "slurmd", "srun", "scontrol"]
DEADLINE = 60.0
"""Seconds after which whatever is waited for is taken as hanging."""

CONF = """\
ClusterName=faults
SlurmctldHost={host}({address})
SlurmctldPort={port}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={place}/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
GresTypes=gpu
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout={timeout}
InactiveLimit=0
KillWait=2
MinJobAge=300
OverTimeLimit=0
PreemptType=preempt/partition_prio
PreemptMode=CANCEL
JobRequeue=1
SlurmdParameters=config_overrides
SchedulerParameters=sched_min_interval=100000,batch_sched_delay=0
StateSaveLocation={place}/state
SlurmctldPidFile={place}/slurmctld.pid
SlurmctldLogFile={place}/slurmctld.log
SlurmdPidFile={place}/%n.pid
SlurmdLogFile={place}/%n.log
SlurmdSpoolDir={place}/spool-%n
{nodes}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1
PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10
"""


def missing():
    """Return the programs that are not installed."""
    return [program for program in PROGRAMS if not shutil.which(program)]


class Cluster:
    """Nodes n0, n1 and so on, with a number of CPUs each; to be used in a with statement."""

    def __init__(self, nodes=3, cpus=2, timeout=10):
        self.place = tempfile.mkdtemp(prefix="evolvent-slurm-")
        self.nodes = [f"n{index}" for index in range(nodes)]
        self.conf = self.path("slurm.conf")
        self.environment = {**os.environ, "SLURM_CONF": self.conf}
        self.daemons = {}
        os.chmod(self.place, 0o755)
        os.mkdir(self.path("state"))
        self.hosts = hosts.begin(self.nodes)
        lines = [
            f"NodeName={name} {self.hosts.words(name)} CPUs={cpus} RealMemory=1000 Gres=gpu:{cpus}"
            for name in self.nodes
        ]
        with open(self.conf, "w") as file:
            file.write(
                CONF.format(
                    host=socket.gethostname(),
                    address=self.hosts.address,
                    port=hosts.free_port(),
                    place=self.place,
                    timeout=timeout,
                    nodes="\n".join(lines),
                )
            )
        with open(self.path("gres.conf"), "w") as file:
            # Such as /dev/null, for Slurm looks whether they are devices.
            file.write(f"Name=gpu Flags=nvidia_gpu_env File={self.path('gpu')}[0-{cpus - 1}]\n")
        for index in range(cpus):
            with contextlib.suppress(PermissionError):  # Some containers; jobs get GPUs then, but no numbers.
                os.mknod(self.path(f"gpu{index}"), stat.S_IFCHR | 0o600, os.makedev(1, 3))
        with open(os.open(self.path("munge.key"), os.O_CREAT | os.O_WRONLY, 0o400), "wb") as file:
            file.write(secrets.token_bytes(128))

    def path(self, name):
        return os.path.join(self.place, name)

    def __enter__(self):
        try:
            self.start("munged")
            self.until(lambda: os.path.exists(self.path("munge.socket")), "munged has no socket")
            self.start("slurmctld")
            for node in self.nodes:
                self.start(node)
            self.until(
                lambda: all(self.state(node).startswith("IDLE") for node in self.nodes), "the nodes are not idle"
            )
        except BaseException:
            self.close()
            raise
        return self

    def start(self, name):
        """Start munged, slurmctld or a node, after its end too."""
        if name == "munged":
            files = [f"--{kind}-file={self.path('munge.' + kind)}" for kind in ("key", "pid", "log", "seed")]
            command = ["munged", "--foreground", "--force", f"--socket={self.path('munge.socket')}", *files]
        elif name == "slurmctld":
            command = ["slurmctld", "-D", "-f", self.conf]
        else:
            command = self.hosts.command(name, ["slurmd", "-D", "-f", self.conf, "-N", name])
        with open(self.path(f"{name}.out"), "ab") as output:
            self.daemons[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=self.environment
            )

    def kill(self, name, how=signal.SIGKILL):
        """Send a daemon a signal; after a deadly one, wait for its end."""
        self.daemons[name].send_signal(how)
        if how in (signal.SIGKILL, signal.SIGTERM):
            self.daemons[name].wait(DEADLINE)

    def call(self, *command, check=True):
        """Run a command in the cluster and return what it said."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=DEADLINE, check=False
        )
        if check and done.returncode != 0:
            raise RuntimeError(f"{command} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def state(self, node):
        """Return the state of a node, such as IDLE, or "" when nobody answers."""
        said = self.call("scontrol", "-o", "show", "node", node, check=False)
        return next((word[6:] for word in said.split() if word.startswith("State=")), "")

    def jobs(self, word="", check=True):
        """Return the ids of the jobs that wait or run and have a word in their names."""
        said = self.call("squeue", "-h", "-o", "%A %j", check=check)
        return [line.split()[0] for line in said.splitlines() if word in line]

    def until(self, holds, what, seconds=DEADLINE):
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise RuntimeError(f"not within {seconds} s: {what}: {self.logs()}")
            time.sleep(0.05)

    def logs(self):
        """Return the last lines that each daemon wrote."""
        return "\n".join(
            f"{name}:\n" + "".join(open(self.path(f"{name}.out")).readlines()[-5:]) for name in self.daemons
        )

    def close(self):
        """End the daemons and all steps that are left."""
        for daemon in self.daemons.values():
            daemon.send_signal(signal.SIGCONT)
        if "slurmctld" in self.daemons:
            for job in self.call("squeue", "-h", "-o", "%A", check=False).split():
                self.call("scancel", "--signal=KILL", job, check=False)
                self.call("scancel", job, check=False)
        for name in reversed(list(self.daemons)):
            daemon = self.daemons[name]
            daemon.terminate()
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.hosts.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def __exit__(self, *unused):
        self.close()


def main():
    if missing():
        sys.exit(f"There is no {', '.join(missing())} here.\nMaybe apt-get install slurm-wlm munge?")
    with Cluster() as cluster:
        if len(sys.argv) > 1:
            sys.exit(subprocess.call(sys.argv[1:], env=cluster.environment))
        print(f"export SLURM_CONF={cluster.conf}\nCtrl-C ends it.", flush=True)
        signal.signal(signal.SIGTERM, lambda *unused: sys.exit(0))
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("ended")


if __name__ == "__main__":
    main()
