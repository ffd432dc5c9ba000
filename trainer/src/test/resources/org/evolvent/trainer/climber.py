"""A trainer whose score is the sum of its learning rates; it misbehaves as its arguments say."""

import os
import sys
import time

import evolvent


class Climber(evolvent.Trainer):
    def create(self, hyperparameters, seed):
        self.learning_rate = hyperparameters["learning_rate"]
        self.score = 0.0

    def train(self, steps):
        if "--sleep" in sys.argv:
            time.sleep(float(sys.argv[sys.argv.index("--sleep") + 1]))
        print("training", steps, "steps in", os.getpid())
        self.progress(1, score=self.score)
        self.score += self.learning_rate * steps
        return {"score": self.score}, [self.score, self.score + 1]

    def apply(self, hyperparameters):
        self.learning_rate = hyperparameters["learning_rate"]

    def in_force(self):
        return {"learning_rate": self.learning_rate}

    def save(self, directory):
        with open(os.path.join(directory, "score"), "w", encoding="ascii") as file:
            file.write(repr(self.score).ljust(1000))

    def restore(self, directory):
        with open(os.path.join(directory, "score"), encoding="ascii") as file:
            self.score = float(file.read())


evolvent.serve(Climber)
