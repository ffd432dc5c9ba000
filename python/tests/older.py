"""A trainer as it was written for the first version of the SDK, whose names for three methods were others."""

import os

import evolvent


class Older(evolvent.Trainer):
    def setup(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
        self.learning_rate = hyperparameters.float("learning_rate")
        self.score = 0.0

    def train(self, steps: int) -> dict[str, float]:
        self.score += self.learning_rate * steps
        return {"score": self.score}

    def apply(self, hyperparameters: evolvent.Hyperparameters) -> None:
        self.learning_rate = hyperparameters.float("learning_rate")

    def save(self, directory: str) -> None:
        with open(os.path.join(directory, "score"), "w") as file:
            file.write(repr(self.score))

    def load(self, directory: str) -> None:
        with open(os.path.join(directory, "score")) as file:
            self.score = float(file.read())

    def load_and_apply(self, directory: str, hyperparameters: evolvent.Hyperparameters) -> bool | None:
        self.load(directory)
        return super().load_and_apply(directory, hyperparameters)


if __name__ == "__main__":
    evolvent.serve(Older)
