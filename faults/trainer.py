"""A deterministic trainer whose saves are large and slow, and which notices a checkpoint that is not what it saved.

Environment: TRAIN_SECONDS, how long an interval takes at least (0); STEP_SECONDS, how long each step takes (0), and
between two of them it looks whether it is to finish; SAVE_SECONDS, the longest save (0);
CHECKPOINT_BYTES (1000000); ESCAPE, a number of seconds: a child that has dropped its environment, its session and its
parent holds standard output for so long.
"""

import os
import random
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "python"))
import evolvent

TRAIN_SECONDS = float(os.environ.get("TRAIN_SECONDS", "0"))
STEP_SECONDS = float(os.environ.get("STEP_SECONDS", "0"))
SAVE_SECONDS = float(os.environ.get("SAVE_SECONDS", "0"))
CHECKPOINT_BYTES = int(os.environ.get("CHECKPOINT_BYTES", "1000000"))
PIECES = 10


class Climber(evolvent.Trainer):
    """Climbs -(x - 3)^2 with a tuned rate and seeded noise."""

    def create(self, hyperparameters, seed):
        self.rate = hyperparameters["rate"]
        self.x = 0.0
        self.random = seed

    def train(self, steps):
        time.sleep(max(TRAIN_SECONDS, min(SAVE_SECONDS, 0.05)))
        done = 0
        while done < steps and not (STEP_SECONDS and self.finishing):
            time.sleep(STEP_SECONDS)
            self.random = (self.random * 6364136223846793005 + 1442695040888963407) % 2**64
            self.x += self.rate * 2 * (3 - self.x) + self.random / 2**64 * 0.01
            done += 1
        return evolvent.Report({"score": -((self.x - 3) ** 2)}, steps=done)

    def apply(self, hyperparameters):
        self.rate = hyperparameters["rate"]

    def weights(self):
        return random.Random(f"{self.x!r} {self.random}").randbytes(CHECKPOINT_BYTES)

    def save(self, directory):
        with open(os.path.join(directory, "state.txt"), "w") as file:
            file.write(f"{self.x!r} {self.random}")
        weights = self.weights()
        pause = SAVE_SECONDS * random.Random(self.random).random() ** 2 / PIECES
        size = max(1, len(weights) // PIECES)
        with open(os.path.join(directory, "weights.bin"), "wb") as file:
            for start in range(0, len(weights), size):
                file.write(weights[start : start + size])
                file.flush()
                time.sleep(pause)

    def restore(self, directory):
        with open(os.path.join(directory, "state.txt")) as file:
            x, generator = file.read().split()
        self.x, self.random = float(x), int(generator)
        with open(os.path.join(directory, "weights.bin"), "rb") as file:
            if file.read() != self.weights():
                raise ValueError(f"{directory} is not what was saved")


if __name__ == "__main__":
    if "ESCAPE" in os.environ:
        escape = f"env -i setsid sleep {os.environ['ESCAPE']} &"
        subprocess.run(["setsid", "sh", "-c", escape], stdin=subprocess.DEVNULL, check=True)
    evolvent.serve(Climber)
