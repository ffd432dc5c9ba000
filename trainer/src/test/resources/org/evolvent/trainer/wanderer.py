"""A trainer that walks at random, in rollouts of four steps, and saves the state of its generator, as it must."""

import os
import pickle
import random
import time

import evolvent

ROLLOUT = 4


class Wanderer(evolvent.Trainer):
    def create(self, hyperparameters, seed):
        random.seed(seed)
        self.score = 0.0

    def train(self, steps, seconds=None):
        end = None if seconds is None else time.monotonic() + seconds
        done = 0
        while done < steps and (end is None or time.monotonic() < end):
            self.score += self.hyperparameters["learning_rate"] + random.gauss(0, 1)
            done += ROLLOUT
            if end is not None:
                time.sleep(0.01)
        return evolvent.Report({"score": self.score}, steps=done)

    def evaluate(self):
        random.random()  # As many do, who draw what they evaluate on.
        return {"score": self.score}

    def apply(self, hyperparameters):
        pass

    def save(self, directory):
        with open(os.path.join(directory, "state"), "wb") as file:
            pickle.dump((self.score, random.getstate()), file)

    def restore(self, directory):
        with open(os.path.join(directory, "state"), "rb") as file:
            self.score, state = pickle.load(file)
        random.setstate(state)


evolvent.serve(Wanderer)
