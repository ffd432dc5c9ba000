"""The trainer that the contract of executors asks for."""

import os
import time

import evolvent


class Contract(evolvent.Trainer):
    def create(self, hyperparameters, seed):
        self.count = 0

    def train(self, steps):
        behaviour = self.hyperparameters["behaviour"]
        if behaviour == "fail":
            raise RuntimeError("the loss exploded")
        while behaviour == "hang":
            time.sleep(3600)
        self.count += steps
        return {"steps": self.count}

    def apply(self, hyperparameters):
        pass

    def save(self, directory):
        with open(os.path.join(directory, "count"), "w") as file:
            file.write(str(self.count))

    def restore(self, directory):
        with open(os.path.join(directory, "count")) as file:
            self.count = int(file.read())


evolvent.serve(Contract)
