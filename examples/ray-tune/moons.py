"""A Ray Tune script as people have it: two moons told apart by a small network. It has never heard of Evolvent."""

import json
import math
import os
import random

from ray import tune
from ray.tune.schedulers import PopulationBasedTraining

HIDDEN = 8


def moon(generator):
    """Returns a point of one of two interleaved half circles, and which."""
    label = generator.randrange(2)
    angle = generator.uniform(0, math.pi)
    x, y = math.cos(angle), math.sin(angle)
    if label:
        x, y = 1 - x, 0.5 - y
    return (x + generator.gauss(0, 0.15), y + generator.gauss(0, 0.15)), label


class Moons(tune.Trainable):
    def setup(self, config):
        self.learning_rate = config["learning_rate"]
        self.momentum = config["momentum"]
        self.weights = [random.gauss(0, 1) for _ in range(4 * HIDDEN + 1)]
        self.velocity = [0.0] * len(self.weights)
        held_out = random.Random(7)
        self.held_out = [moon(held_out) for _ in range(500)]

    def step(self):
        for _ in range(50):
            point, label = moon(random)
            self.descend(point, label)
        right = sum((self.forward(point)[0] > 0.5) == label for point, label in self.held_out)
        loss = sum(-math.log(max(1e-9, p if label else 1 - p)) for p, label in self.predictions()) / len(self.held_out)
        return {"accuracy": right / len(self.held_out), "loss": loss, "done": False}

    def predictions(self):
        return [(self.forward(point)[0], label) for point, label in self.held_out]

    def forward(self, point):
        w = self.weights
        hidden = [math.tanh(w[4 * i] * point[0] + w[4 * i + 1] * point[1] + w[4 * i + 2]) for i in range(HIDDEN)]
        output = sum(w[4 * i + 3] * h for i, h in enumerate(hidden)) + w[-1]
        return 1 / (1 + math.exp(-max(-30, min(30, output)))), hidden

    def descend(self, point, label):
        probability, hidden = self.forward(point)
        error = probability - label
        gradient = []
        for i, h in enumerate(hidden):
            back = error * self.weights[4 * i + 3] * (1 - h * h)
            gradient += [back * point[0], back * point[1], back, error * h]
        gradient.append(error)
        for i, slope in enumerate(gradient):
            self.velocity[i] = self.momentum * self.velocity[i] - self.learning_rate * slope
            self.weights[i] += self.velocity[i]

    def save_checkpoint(self, checkpoint_dir):
        with open(os.path.join(checkpoint_dir, "moons.json"), "w") as file:
            json.dump({"weights": self.weights, "velocity": self.velocity}, file)

    def load_checkpoint(self, checkpoint_dir):
        with open(os.path.join(checkpoint_dir, "moons.json")) as file:
            state = json.load(file)
        self.weights, self.velocity = state["weights"], state["velocity"]

    def reset_config(self, new_config):
        self.learning_rate = new_config["learning_rate"]
        self.momentum = new_config["momentum"]
        return True


if __name__ == "__main__":
    tune.Tuner(
        Moons,
        param_space={"learning_rate": tune.loguniform(1e-4, 1), "momentum": tune.uniform(0, 0.98)},
        tune_config=tune.TuneConfig(
            metric="loss",
            mode="min",
            num_samples=8,
            scheduler=PopulationBasedTraining(
                perturbation_interval=5,
                hyperparam_mutations={"learning_rate": tune.loguniform(1e-4, 1), "momentum": tune.uniform(0, 0.98)},
            ),
        ),
        run_config=tune.RunConfig(stop={"training_iteration": 100}),
    ).fit()
