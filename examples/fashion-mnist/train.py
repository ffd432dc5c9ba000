"""A convolutional network that learns Fashion-MNIST.

By hand:

    python3 train.py --try              try the trainer without Evolvent
    python3 train.py --test DIRECTORY   measure a checkpoint on the test images, which no study has seen
"""

import os
import sys

import evolvent

try:
    import torch
    from torch import nn
except ImportError as e:
    raise SystemExit(f"This example needs PyTorch ({e}).\nMaybe: pip install torch") from None

import data

IMAGES_PER_STEP = 1000
"""A step is so many images, whatever the batch size, so that all members see the same number."""

START = {"learning_rate": 0.05, "momentum": 0.8, "weight_decay": 1e-5, "dropout": 0.2, "batch_size": 50}


class Classifier(evolvent.Trainer):
    def create(self, hyperparameters, seed):
        self.training, self.validation = data.load("train"), data.load("validation")
        self.seed = seed
        torch.manual_seed(seed)
        self.model = Network()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.0)
        self.apply(hyperparameters)

    def apply(self, hyperparameters):
        for group in self.optimizer.param_groups:
            group["lr"] = hyperparameters["learning_rate"]
            group["momentum"] = hyperparameters["momentum"]
            group["weight_decay"] = hyperparameters["weight_decay"]
        self.model.dropout.p = hyperparameters["dropout"]
        self.batch_size = hyperparameters["batch_size"]

    def in_force(self):
        group = self.optimizer.param_groups[0]
        return {
            "learning_rate": group["lr"],
            "momentum": group["momentum"],
            "weight_decay": group["weight_decay"],
            "dropout": self.model.dropout.p,
            "batch_size": self.batch_size,
        }

    def reseed(self, seed):
        super().reseed(seed)
        self.seed = seed

    def evaluate(self):
        return measure(self.model, self.validation)

    def train(self, steps):
        self.model.train()
        for done in range(steps):
            for batch in self.images(self.step + done).split(self.batch_size):
                loss = nn.functional.cross_entropy(
                    self.model(inputs(self.training.pixels[batch])), self.training.labels[batch]
                )
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()
            self.progress(done + 1)
        return measure(self.model, self.validation)

    def images(self, step):
        """Return the numbers of a step's images: every epoch has an order of its own, which the seed decides."""
        steps_per_epoch = len(self.training.labels) // IMAGES_PER_STEP
        epoch, place = divmod(step, steps_per_epoch)
        order = torch.randperm(len(self.training.labels), generator=torch.Generator().manual_seed(self.seed + epoch))
        return order[place * IMAGES_PER_STEP : (place + 1) * IMAGES_PER_STEP]

    def save(self, directory):
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),  # Draws what dropout drops.
            "seed": self.seed,
        }
        torch.save(state, os.path.join(directory, "state.pt"))

    def restore(self, directory):
        state = torch.load(os.path.join(directory, "state.pt"), weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        self.seed = state["seed"]


class Network(nn.Module):
    """Two convolutions and two dense layers; 52,138 weights."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
        )
        self.hidden = nn.Linear(16 * 7 * 7, 64)
        self.dropout = nn.Dropout()
        self.output = nn.Linear(64, 10)

    def forward(self, images):
        return self.output(self.dropout(self.hidden(self.features(images)).relu()))


def inputs(pixels):
    return (pixels.float() - 73) / 90  # The mean and the deviation of the training images.


@torch.no_grad()
def measure(model, images):
    """Return how well a model does on images."""
    model.eval()
    right, loss = 0, 0.0
    for pixels, labels in zip(images.pixels.split(1000), images.labels.split(1000)):
        outputs = model(inputs(pixels))
        right += (outputs.argmax(1) == labels).sum().item()
        loss += nn.functional.cross_entropy(outputs, labels, reduction="sum").item()
    return {"accuracy": right / len(images.labels), "loss": loss / len(images.labels)}


def test(directory):
    model = Network()
    model.load_state_dict(torch.load(os.path.join(directory, "state.pt"), weights_only=True)["model"])
    print(measure(model, data.load("test")))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--test"]:
        test(sys.argv[2])
    else:
        evolvent.serve(Classifier, example=START)
