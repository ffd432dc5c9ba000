"""A script that runs on several ranks; each says what it was asked, and rank 0 alone reports and saves."""

import os
import sys

import evolvent

rank = int(os.environ["RANK"])
style = sys.argv[1]


def note(*words: object) -> None:
    line = " ".join(map(str, [f"rank {rank}:", *words]))
    os.write(2, f"{line}\n".encode())  # At once, or the lines of two ranks run into each other.


class Mine(evolvent.Trainer):
    score = 0.0

    def create(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
        self.score = 0.0

    def train(self, steps: int) -> evolvent.Report:
        if rank == 1 and steps == 13:
            raise ValueError("rank 1 has bad luck")
        self.score += steps * self.hyperparameters.float("learning_rate")
        note("trains", steps, "to", self.score)
        return evolvent.Report({"score": self.score}, [self.score])

    def apply(self, hyperparameters: evolvent.Hyperparameters) -> None:
        pass

    def save(self, directory: str) -> None:
        note("saves")
        if rank == 0:
            with open(os.path.join(directory, "score"), "w") as file:
                file.write(repr(self.score))

    def restore(self, directory: str) -> None:
        with open(os.path.join(directory, "score")) as file:
            self.score = float(file.read())


if style == "class":
    evolvent.serve(Mine)
else:
    score = 0.0
    for interval in evolvent.intervals():
        if interval.fresh:
            score = 0.0
        elif interval.restore_from:
            with open(os.path.join(interval.restore_from, "score")) as file:
                score = float(file.read())
        if rank == 1 and interval.steps == 13:
            raise ValueError("rank 1 has bad luck")
        score += interval.steps * interval.hyperparameters.float("learning_rate")
        note("trains", interval.steps, "to", score)
        if rank == 0:
            interval.report(score=score, samples=[score])
            with open(os.path.join(interval.save_to, "score"), "w") as file:
                file.write(repr(score))
