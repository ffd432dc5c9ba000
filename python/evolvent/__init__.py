"""Trainers for Evolvent: Population Based Training for any training program.

Three ways to join a study, in the order of how much you have to change:

* subclass :class:`Trainer` and call :func:`serve`;
* keep your own training loop and iterate over :func:`intervals`;
* hand a Ray Tune class trainable, unchanged, to :func:`ray_trainable` and serve what it returns.

A program of yours can also choose the next hyperparameters of whoever copies another member: :func:`serve_explore`.

Run ``python train.py --try`` to see whether a trainer does what Evolvent needs, without Evolvent.
"""

from ._explore import Handover, Result, serve_explore
from ._intervals import Interval, intervals
from ._ray import ray_trainable
from ._ray_stand_in import stand_in_for_ray
from ._serve import serve
from ._trainer import Report, Trainer

__all__ = [
    "Handover",
    "Interval",
    "Report",
    "Result",
    "Trainer",
    "intervals",
    "ray_trainable",
    "serve",
    "serve_explore",
    "stand_in_for_ray",
]
__version__ = "0.1.0"
