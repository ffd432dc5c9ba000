"""A Ray Tune class trainable as people have it; only the last lines are for Evolvent."""

import os

import evolvent

evolvent.stand_in_for_ray()

from ray import tune  # noqa: E402


class Mine(tune.Trainable):
    def setup(self, config):
        self.config_used = dict(config)
        self.score = 0.0

    def step(self):
        self.score += self.config_used["learning_rate"]
        return {"score": self.score, "comment": "not a number", "done": False}

    def save_checkpoint(self, checkpoint_dir):
        with open(os.path.join(checkpoint_dir, "score"), "w") as file:
            file.write(repr(self.score))

    def load_checkpoint(self, checkpoint_dir):
        with open(os.path.join(checkpoint_dir, "score")) as file:
            self.score = float(file.read())

    def reset_config(self, new_config):
        self.config_used = dict(new_config)
        return True


class OfOldStyle(Mine):
    """Checkpoints are dictionaries, and configurations cannot be changed."""

    def save_checkpoint(self, checkpoint_dir):
        return {"score": self.score}

    def load_checkpoint(self, checkpoint):
        self.score = checkpoint["score"]

    def reset_config(self, new_config):
        return False


if __name__ == "__main__":
    evolvent.serve(evolvent.ray_trainable(OfOldStyle if os.environ.get("OLD_STYLE") else Mine))
