"""Trainers for Evolvent: Population Based Training for any training program.

Three ways to join a study, in the order of how much you have to change:

* subclass :class:`Trainer` and call :func:`serve`;
* keep your own training loop and iterate over :func:`intervals`;
* hand a Ray Tune class trainable, unchanged, to :func:`ray_trainable` and serve what it returns.

Run ``python train.py --try`` to see whether a trainer does what Evolvent needs, without Evolvent.
"""

from ._intervals import Interval, intervals
from ._ray import ray_trainable, stand_in_for_ray
from ._serve import serve
from ._trainer import Report, Trainer

__all__ = ["Interval", "Report", "Trainer", "intervals", "ray_trainable", "serve", "stand_in_for_ray"]
__version__ = "0.1.0"
