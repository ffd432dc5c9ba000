"""The trainer of the golden transcripts of version 2."""

from golden import Golden

import evolvent


class GoldenTwo(Golden):
    stream = 0

    def evaluate(self) -> dict[str, float]:
        return {"score": self.score}

    def reseed(self, seed: int) -> None:
        super().reseed(seed)
        self.stream = seed

    def in_force(self) -> dict[str, float]:
        return {"learning_rate": self.learning_rate}

    def train(self, steps: int, seconds: float | None = None) -> evolvent.Report:
        """Move in steps of four; in a given time do three."""
        done = -(-steps // 4) * 4 if seconds is None else 3
        print("trained from", self.step, end="")
        self.score += self.learning_rate * done
        return evolvent.Report({"score": self.score, "stream": self.stream}, steps=done)


if __name__ == "__main__":
    evolvent.serve(GoldenTwo)
