"""The trainer of trainer.py with members of two nodes: a program for each interval, with a rank on each of them."""

import os
import subprocess
import sys

import trainer

# What this process was started with says how many tasks its own step has, and srun would take that for its own.
KEPT = ("SLURM_CONF", "SLURM_JOB_ID")
OWN = {name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(("SLURM_", "SRUN_"))}
RANKS = ["srun", "--overlap", "--mem=0", "--nodes=2", "--ntasks=2", "--ntasks-per-node=1"]


class Wide(trainer.Climber):
    def train(self, steps):
        said = subprocess.run(
            [*RANKS, sys.executable, "-c", "import os; print(os.environ['SLURMD_NODENAME'])"],
            env=OWN,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        if len(set(said.split())) != 2:
            raise ValueError(f"its ranks ran on {said.split()}")
        return super().train(steps)


if __name__ == "__main__":
    trainer.evolvent.serve(Wide)
