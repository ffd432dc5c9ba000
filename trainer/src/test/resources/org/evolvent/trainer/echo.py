"""A trainer that saves the hyperparameters that it was given, as they are."""

import json
import os

import evolvent


class Echo(evolvent.Trainer):
    def create(self, hyperparameters, seed):
        self.given = hyperparameters

    def train(self, steps):
        return {"score": 1.0}

    def apply(self, hyperparameters):
        self.given = hyperparameters

    def in_force(self):
        return self.given

    def save(self, directory):
        with open(os.path.join(directory, "given"), "w") as file:
            json.dump(self.given, file)

    def restore(self, directory):
        pass


evolvent.serve(Echo)
