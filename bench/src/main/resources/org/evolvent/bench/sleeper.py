"""A trainer that sleeps a millisecond for each step, and saves 1 kB; what remains is Evolvent's cost."""

import os
import time

import evolvent


class Sleeper(evolvent.Trainer):
    def create(self, hyperparameters, seed):
        self.state = os.urandom(1024)
        self.apply(hyperparameters)

    def train(self, steps):
        milliseconds = self.hyperparameters["milliseconds"]
        if milliseconds:
            time.sleep(milliseconds / 1000)
        self.state = os.urandom(1024)
        return {"score": self.score}

    def apply(self, hyperparameters):
        self.score = hyperparameters["x"]

    def save(self, directory):
        with open(os.path.join(directory, "state"), "wb") as file:
            file.write(self.state)

    def restore(self, directory):
        with open(os.path.join(directory, "state"), "rb") as file:
            self.state = file.read()


evolvent.serve(Sleeper)
