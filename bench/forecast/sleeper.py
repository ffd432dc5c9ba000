"""Trains nothing, and takes its time: what a forecast is held against."""

import json
import os
import time

import evolvent

STEP, SAVE, RESTORE = 0.02, 0.2, 0.3


class Sleeper(evolvent.Trainer):
    def create(self, hyperparameters, seed):
        self.learned = 0.0

    def train(self, steps):
        time.sleep(STEP * steps)
        self.learned += steps * self.hyperparameters["rate"]
        return {"score": self.learned}

    def save(self, directory):
        time.sleep(SAVE)
        with open(os.path.join(directory, "state.json"), "w") as file:
            json.dump(self.learned, file)

    def restore(self, directory):
        time.sleep(RESTORE)
        with open(os.path.join(directory, "state.json")) as file:
            self.learned = json.load(file)

    def apply(self, hyperparameters):
        pass


if __name__ == "__main__":
    evolvent.serve(Sleeper)
