"""A trainer for Evolvent: replace the perceptron by your model.

Run it alone with:  python3 train.py --try
That needs the SDK (pip install PATH/TO/evolvent/python), which is nothing but Python; bin/evolvent finds it without.
"""

import json
import math
import os
import random

import evolvent


class Perceptron(evolvent.Trainer):
    """Learns which side of a line a point of the plane is on."""

    def create(self, hyperparameters, seed):
        self.random = random.Random(seed)  # All randomness comes from the seed, so that a study can be repeated.
        self.weights = [0.0, 0.0, 0.0]
        self.velocity = [0.0, 0.0, 0.0]
        self.apply(hyperparameters)

    def apply(self, hyperparameters):
        """Takes other hyperparameters; the weights stay."""
        self.learning_rate = hyperparameters["learning_rate"]
        self.momentum = hyperparameters["momentum"]

    def train(self, steps):
        for _ in range(steps):
            point = [self.random.gauss(0, 1), self.random.gauss(0, 1), 1.0]
            error = side(point) - 1 / (1 + math.exp(-self.output(point)))
            for i in range(3):
                self.velocity[i] = self.momentum * self.velocity[i] + self.learning_rate * error * point[i]
                self.weights[i] += self.velocity[i]
        return {"accuracy": self.accuracy()}

    def reseed(self, seed):
        """Draws from another stream: the weights are another model's, which draws from the one that was restored."""
        self.random.seed(seed)

    def evaluate(self):
        """What train would report now: a restored model scores as it did when it was saved."""
        return {"accuracy": self.accuracy()}

    def accuracy(self):
        """The score: always on the same points, which are not trained on."""
        held = random.Random(42)
        points = [[held.gauss(0, 1), held.gauss(0, 1), 1.0] for _ in range(1000)]
        return sum((self.output(p) > 0) == side(p) for p in points) / len(points)

    def output(self, point):
        return sum(w * x for w, x in zip(self.weights, point))

    def save(self, directory):
        """Saves everything that training depends on: weights, the optimizer's state, the random generator."""
        with open(os.path.join(directory, "model.json"), "w") as file:
            json.dump([self.weights, self.velocity, self.random.getstate()], file)

    def restore(self, directory):
        with open(os.path.join(directory, "model.json")) as file:
            self.weights, self.velocity, (version, state, gauss) = json.load(file)
        self.random.setstate((version, tuple(state), gauss))


def side(point):
    return 0.7 * point[0] - 1.3 * point[1] + 0.4 > 0


if __name__ == "__main__":
    evolvent.serve(Perceptron)
