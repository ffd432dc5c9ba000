"""The trainer of the golden transcripts."""

import errno
import os

import evolvent


class Golden(evolvent.Trainer):
    def create(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
        self.learning_rate = hyperparameters.float("learning_rate")
        self.score = 0.0

    def train(self, steps: int) -> evolvent.Report:
        print("a print of the trainer; it belongs into the log")
        half = steps // 2
        self.score += self.learning_rate * half
        self.progress(half, score=self.score)
        self.score += self.learning_rate * (steps - half)
        nan, infinity = float("nan"), float("inf")
        metrics = {"score": self.score, "loss": nan, "worst": -infinity, "best": infinity}
        return evolvent.Report(metrics, [self.score, self.score + 1])

    def apply(self, hyperparameters: evolvent.Hyperparameters) -> None:
        self.learning_rate = hyperparameters.float("learning_rate")

    def save(self, directory: str) -> None:
        if self.learning_rate == 28:
            raise OSError(errno.ENOSPC, "No space left on device", "weights")
        with open(os.path.join(directory, "score"), "w") as file:
            file.write(repr(self.score))

    def restore(self, directory: str) -> None:
        with open(os.path.join(directory, "score")) as file:
            self.score = float(file.read())


if __name__ == "__main__":
    evolvent.serve(Golden)
