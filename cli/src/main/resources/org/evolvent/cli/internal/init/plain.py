"""A program with options to resume and to save: replace the perceptron by your model. It needs nothing of Evolvent.

Run it alone with:  python3 train.py --learning-rate 0.1 --steps 100 --save somewhere
"""

import argparse
import json
import math
import os
import random


def side(point):
    return 0.7 * point[0] - 1.3 * point[1] + 0.4 > 0


def output(weights, point):
    return sum(w * x for w, x in zip(weights, point))


parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, default=0.1)
parser.add_argument("--momentum", type=float, default=0.0)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--reseed", type=int, help="for a random stream of its own, after going on from another model")
parser.add_argument("--steps", type=int, default=100, help="to train now")
parser.add_argument("--resume", help="a directory to go on from; do not write there")
parser.add_argument("--save", help="a directory to save into")
parser.add_argument("--metrics", help="a file for the results, one JSON object")
options = parser.parse_args()

# All randomness comes from the seed, so that a study can be repeated.
generator = random.Random(options.seed)
weights, velocity = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
if options.resume:
    with open(os.path.join(options.resume, "model.json")) as file:
        weights, velocity, (version, state, gauss) = json.load(file)
    generator.setstate((version, tuple(state), gauss))
if options.reseed is not None:
    generator.seed(options.reseed)

# The hyperparameters come from the options every time, never from what was saved.
for _ in range(options.steps):
    point = [generator.gauss(0, 1), generator.gauss(0, 1), 1.0]
    error = side(point) - 1 / (1 + math.exp(-output(weights, point)))
    for i in range(3):
        velocity[i] = options.momentum * velocity[i] + options.learning_rate * error * point[i]
        weights[i] += velocity[i]

# The score: always on the same points, which are not trained on.
held = random.Random(42)
points = [[held.gauss(0, 1), held.gauss(0, 1), 1.0] for _ in range(1000)]
accuracy = sum((output(weights, p) > 0) == side(p) for p in points) / len(points)
print("accuracy", accuracy)
if options.metrics:
    with open(options.metrics, "w") as file:
        json.dump({"accuracy": accuracy}, file)

# Everything that training depends on: weights, the optimizer's state, the random generator.
if options.save:
    os.makedirs(options.save, exist_ok=True)
    with open(os.path.join(options.save, "model.json"), "w") as file:
        json.dump([weights, velocity, generator.getstate()], file)
