"""Trains until it is asked to finish: a loop, or with the argument "class" a class."""

import os
import sys

import evolvent


class Steady(evolvent.Trainer):
    def create(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
        self.score = 0

    def train(self, steps: int) -> evolvent.Report:
        done = 0
        while done < steps and not (done and self.finishing):
            done += 1
            if done == 1:
                self.progress(done)
        self.score += done
        return evolvent.Report({"score": self.score}, steps=done)

    def apply(self, hyperparameters: evolvent.Hyperparameters) -> None:
        pass

    def save(self, directory: str) -> None:
        write(directory, self.score)

    def restore(self, directory: str) -> None:
        self.score = read(directory)


def write(directory: str, score: int) -> None:
    with open(os.path.join(directory, "score"), "w") as file:
        file.write(str(score))


def read(directory: str) -> int:
    with open(os.path.join(directory, "score")) as file:
        return int(file.read())


def loop() -> None:
    score = 0
    for interval in evolvent.intervals():
        if interval.restore_from:
            score = read(interval.restore_from)
        done = 0
        while not interval.is_over(done):
            done += 1
            if done == 1:
                interval.progress(done)
        score += done
        interval.report(score=score)
        write(interval.save_to, score)


if sys.argv[1:] == ["class"]:
    evolvent.serve(Steady)
else:
    loop()
