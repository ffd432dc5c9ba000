"""Trainers for Evolvent: Population Based Training for any training program.

Three ways to join a study, in the order of how much you have to change:

* subclass :class:`Trainer` and call :func:`serve`;
* keep your own training loop and iterate over :func:`intervals`;
* hand a Ray Tune class or function, unchanged, to :func:`ray_trainable` or :func:`ray_function` and serve what they
  return.

``evolvent.results("evolvent-runs/digits-1")`` reads what came of a study: see :func:`results`.

A program of yours can also choose the next hyperparameters of whoever copies another member: :func:`serve_explore`.

Run ``python train.py --try`` to see whether a trainer does what Evolvent needs, without Evolvent. ``--try`` and the
``name=value`` right behind it are taken out of ``sys.argv`` when this package is imported, so that a program may parse
its own arguments after that. ``EVOLVENT_TRY="name=value ..."`` (or ``1``) in the environment does the same for programs
that parse before.
"""

import sys
from typing import TYPE_CHECKING

if sys.version_info < (3, 10):  # noqa: UP036 - From a clone it is imported without pip, which would have refused it.
    raise ImportError(f"evolvent needs Python 3.10 or newer, but this is {sys.version.split()[0]} ({sys.executable})")

from ._explore import Handover, Proposal, Result, serve_explore
from ._hyperparameters import Hyperparameters
from ._interval import Interval
from ._intervals import intervals
from ._ray import ray_trainable
from ._ray_function import ray_function
from ._ray_stand_in import stand_in_for_ray
from ._serve import serve
from ._trainer import Report, Trainer
from ._try import take
from ._watch import watch

__all__ = [
    "Handover",
    "Hyperparameters",
    "Interval",
    "Proposal",
    "Report",
    "Result",
    "Trainer",
    "intervals",
    "ray_function",
    "ray_trainable",
    "results",
    "serve",
    "serve_explore",
    "stand_in_for_ray",
    "watch",
]

if TYPE_CHECKING:
    from ._results import results

    __version__: str
else:

    def __getattr__(name):
        # These take longer to find than all the rest, and hardly a trainer asks for them.
        if name == "results":
            from ._results import results

            return results
        if name == "__version__":
            from ._version import version

            return version()
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


take()
