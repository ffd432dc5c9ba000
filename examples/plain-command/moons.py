"""Tells two moons apart by logistic regression on polynomials: a script with options, without Evolvent."""

import argparse
import json
import math
import os
import random


def moon(generator):
    """Return a point of one of two interleaved half circles, and which."""
    label = generator.randrange(2)
    angle = generator.uniform(0, math.pi)
    x, y = (math.cos(angle), math.sin(angle)) if label == 0 else (1 - math.cos(angle), 0.5 - math.sin(angle))
    return x + generator.gauss(0, 0.15), y + generator.gauss(0, 0.15), label


def features(x, y):
    return [x**i * y**j for i in range(4) for j in range(4 - i)]


def probability(weights, inputs):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(w * f for w, f in zip(weights, inputs))))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--decay", type=float, default=0.0)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--reseed", type=int, help="for other random numbers than the model that it goes on from")
    parser.add_argument("--resume", help="a directory to go on from")
    parser.add_argument("--save", help="a directory to save into")
    parser.add_argument("--metrics", help="a file for the results")
    options = parser.parse_args()

    generator = random.Random(options.seed)
    weights = [0.0] * len(features(0, 0))
    if options.resume:
        with open(os.path.join(options.resume, "model.json")) as file:
            weights, (version, state, gauss) = json.load(file)
        generator.setstate((version, tuple(state), gauss))
    if options.reseed is not None:
        generator.seed(options.reseed)

    for _ in range(options.steps):
        x, y, label = moon(generator)
        inputs = features(x, y)
        error = probability(weights, inputs) - label
        weights = [w - options.lr * (error * f + options.decay * w) for w, f in zip(weights, inputs)]

    held_out = random.Random(12345)
    points = [moon(held_out) for _ in range(1000)]
    right = sum((probability(weights, features(x, y)) > 0.5) == label for x, y, label in points)
    print(f"accuracy {right / len(points)} after {options.steps} more steps")
    if options.metrics:
        with open(options.metrics, "w") as file:
            json.dump({"accuracy": right / len(points)}, file)
    if options.save:
        with open(os.path.join(options.save, "model.json"), "w") as file:
            json.dump([weights, generator.getstate()], file)


if __name__ == "__main__":
    main()
