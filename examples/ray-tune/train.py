"""Serves the class of moons.py, which is left as it is."""

import evolvent

evolvent.stand_in_for_ray()  # Does nothing where Ray is installed.

from moons import Moons  # noqa: E402

if __name__ == "__main__":
    evolvent.serve(evolvent.ray_trainable(Moons), example={"learning_rate": 0.1, "momentum": 0.5})
