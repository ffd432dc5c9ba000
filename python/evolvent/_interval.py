"""What the body of a training loop works with."""

import sys
from collections.abc import Iterable
from typing import Any

from ._checkpoints import write_step
from ._hyperparameters import Hyperparameters
from ._numbers import plain_metrics
from ._trainer import as_report, fields
from ._wire import BadRequest, Wire


class Interval:
    """One interval to train; what the body of a loop over :func:`intervals` works with.

    Read from it what to do, train, then call :meth:`report` once, and save into :attr:`save_to`.
    """

    def __init__(
        self,
        *,
        hyperparameters: Hyperparameters,
        seed: int,
        fresh: bool,
        restore_from: str | None,
        step: int,
        steps: int,
        wire: Wire | None = None,
        id: int | None = None,
        save_to: str | None = None,
    ) -> None:
        self._hyperparameters = hyperparameters
        self._seed = seed
        self._fresh = fresh
        self._restore_from = restore_from
        self._step = step
        self._steps = steps
        self._wire = wire
        self._id = id
        self._save_id: int | None = None
        self._save_to = save_to
        self._reported = False

    @property
    def hyperparameters(self) -> Hyperparameters:
        """What to train with, by name. A dict with getters for each type: ``hyperparameters.float("learning_rate")``.

        Put them into force in every interval, after restoring: a restored optimizer has its old values.
        """
        return self._hyperparameters

    @property
    def seed(self) -> int:
        """For fresh weights: from 0 to 2**31 - 1, the same for a member throughout the study."""
        return self._seed

    @property
    def fresh(self) -> bool:
        """Whether to make fresh weights, forgetting any."""
        return self._fresh

    @property
    def restore_from(self) -> str | None:
        """A directory to restore the weights from before training, where nothing may be written.

        None: go on with the weights at hand, or make them, when :attr:`fresh`.
        """
        return self._restore_from

    @property
    def step(self) -> int:
        """The training steps behind the weights at the start of the interval, from 0."""
        return self._step

    @property
    def steps(self) -> int:
        """The training steps to do in this interval, at least 1; what a step is, is yours to say."""
        return self._steps

    @property
    def save_to(self) -> str:
        """The directory to save into, to be asked for after :meth:`report`; it exists and is empty.

        Raises RuntimeError before.
        """
        if not self._reported:
            raise RuntimeError("interval.save_to was asked for before interval.report was called")
        if self._save_to is None:
            assert self._wire is not None
            request = self._wire.next()
            if request is None:
                sys.exit(0)
            if request["type"] != "save":
                raise BadRequest(f"{request['type']!r} came where only 'save' can", request["id"])
            self._save_to, self._save_id = str(request["directory"]), request["id"]
        return self._save_to

    def progress(self, steps_done: int, **metrics: Any) -> None:
        """Say that ``steps_done`` steps of this interval are done, and what was measured. Optional."""
        if self._wire is not None:
            values = plain_metrics(metrics)
            self._wire.write("progress", self._id, step=self._step + int(steps_done), metrics=values)

    def report(self, samples: Iterable[float] = (), **metrics: Any) -> None:
        """Report what was measured after the interval's steps, the study's objective among it. Call it once, then save.

        ``metrics``: numbers by name; NaN and infinities are allowed and rank worst. ``samples``: the single evaluations
        behind the objective, for strategies that test whether a difference is real. Raises TypeError for what is no
        number, and RuntimeError at the second call.
        """
        if self._reported:
            raise RuntimeError("interval.report was called twice in one interval")
        report = as_report((metrics, list(samples)))
        self._reported = True
        if self._wire is None:
            print({**report.metrics, **({"samples": report.samples} if report.samples else {})})
        else:
            self._wire.write("ok", self._id, step=self._step + self._steps, **fields(report))

    def _finish(self) -> None:
        if self._wire is not None and not self._wire.leads:
            # Rank 0 reports and saves; this one may do so, too, or not.
            self._reported = True
            _ = self.save_to
            return
        if not self._reported:
            raise RuntimeError("the body of the loop over evolvent.intervals() ended without interval.report(...)")
        if self._save_to is None:
            raise RuntimeError("the body of the loop over evolvent.intervals() did not save into interval.save_to")
        write_step(self._save_to, self._step + self._steps)
        if self._wire is not None:
            self._wire.write("ok", self._save_id, step=self._step + self._steps)
