"""What the body of a training loop works with."""

import random
import sys
import time
from collections.abc import Iterable
from typing import Any

from ._checkpoints import told, write_step
from ._hyperparameters import Hyperparameters
from ._numbers import plain_hyperparameters, plain_metrics
from ._trainer import as_report, checked_steps, fields
from ._watch import watches
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
        seconds: float | None = None,
        reseed: int | None = None,
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
        self._telling = False
        self._save_to = save_to
        self._seconds = seconds
        self._end: float | None = None
        self._reseed = reseed
        self._steps_done: int | None = None
        self._in_force: dict[str, Any] = {}
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
    def stream_seed(self) -> int:
        """For what this interval draws (an order of the data, dropout): from 0 to 2**31 - 1, another in each interval.

        It follows from :attr:`reseed`, or else from :attr:`seed`, and from :attr:`step`. Where a loop begins each
        interval with ``torch.manual_seed(interval.stream_seed)``, checkpoints need no states of generators: who was
        restored draws as who goes on does, and members that copied the same weights draw differently. Of several ranks
        each adds its own number.
        """
        begin = self._seed if self._reseed is None else self._reseed
        # Drawn, not added up: a rank's or a worker's seed must not be that of another interval.
        return random.Random(f"{begin} {self._step}").getrandbits(31)

    @property
    def reseed(self) -> int | None:
        """A seed, from 0 to 2**31 - 1, when the weights are another member's; else None.

        Others may have copied the same checkpoint. The global generators of ``random``, NumPy and PyTorch were seeded
        with it. A loop that restores the states of its generators does it again afterwards, and for generators of its
        own: ``if interval.reseed is not None: generator.manual_seed(interval.reseed)``. One that seeds them in each
        interval takes :attr:`stream_seed`.
        """
        return self._reseed

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
        """The training steps to do at least in this interval, at least 1; what a step is, is yours to say.

        A loop that moves in larger ones, such as rollouts, asks :meth:`is_over`. 0 where the restored weights are only
        to be evaluated: see :func:`intervals`. Raises TypeError in a study whose intervals have a time.
        """
        if self._seconds is not None:
            raise TypeError(
                "the study's intervals have a time, so that interval.steps is not known\n"
                "Maybe train while not interval.is_over(steps_done), or use interval: {steps: N}"
            )
        return self._steps

    @property
    def seconds(self) -> float | None:
        """How long to train, in a study whose intervals have a time; else None."""
        return self._seconds

    def is_over(self, steps_done: int) -> bool:
        """Return whether to stop training, and remember how many steps of this interval are done::

            done = 0
            while not interval.is_over(done):
                done += collect_rollout_and_update()

        True when the steps are done; in a study whose intervals have a time, when that is up, counted from the first
        call, or the budget is spent; and after a first step when the interval is :attr:`finishing`.
        """
        self.steps_done = steps_done
        if self._seconds is not None and self._end is None:
            self._end = time.monotonic() + self._seconds
        is_late = self._end is not None and steps_done > 0 and time.monotonic() >= self._end
        is_late = is_late or (steps_done > 0 and self.finishing)
        return is_late or steps_done >= self._steps

    @property
    def finishing(self) -> bool:
        """Whether to end the training at the next step, since the study or its place in a cluster is about to end.

        A loop that asks :meth:`is_over` ends by itself; another one may leave its loop when this is true, and set
        :attr:`steps_done`. What it has trained is saved after :meth:`report` as always, and another process does the
        rest. Of a loop with several ranks it is never true.
        """
        return self._wire is not None and self._wire.finishing(self._id)

    @property
    def steps_done(self) -> int:
        """The steps of this interval that were really trained: those asked for, until you set it or ask is_over."""
        return self._steps if self._steps_done is None else self._steps_done

    @steps_done.setter
    def steps_done(self, steps: int) -> None:
        self._steps_done = checked_steps(steps, 0)

    def in_force(self, **values: Any) -> None:
        """Say which hyperparameters are really used, all or some, read from where they take effect.

        For example ``interval.in_force(learning_rate=optimizer.param_groups[0]["lr"])`` before the first step of
        training. Evolvent compares them with what it asked for, and fails the attempt when they differ. Call it any
        time before :meth:`report`; :func:`watch` does it by itself.
        """
        self._in_force.update(values)

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
            self._telling = request.get("telling") is True
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
        self._check_steps()
        self._reported = True
        if self._wire is None:
            print({**report.metrics, **({"samples": report.samples} if report.samples else {})})
        else:
            found = {**watches.seen(), **self._in_force}
            told = {"hyperparameters": plain_hyperparameters(found)} if found and self._wire.version > 1 else {}
            self._wire.write("ok", self._id, step=self._step + self.steps_done, **told, **fields(report))

    def _check_steps(self) -> None:
        if self._steps_done is not None and self.finishing:
            checked_steps(self._steps_done, 1)
        elif self._seconds is None:
            checked_steps(self.steps_done, self._steps)
        elif self._steps_done is None:
            raise RuntimeError(
                "the study's intervals have a time, but the loop has not said how many steps it did\n"
                "Maybe train while not interval.is_over(steps_done), or set interval.steps_done"
            )
        else:
            checked_steps(self._steps_done, 1)

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
        reached = self._step + self.steps_done
        write_step(self._save_to, reached)
        if self._wire is not None and self._save_id is not None:
            files = told(self._save_to) if self._telling else {}
            self._wire.write("ok", self._save_id, step=reached, **files)
