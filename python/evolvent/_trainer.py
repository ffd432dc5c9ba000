"""What a trainer is."""

import operator
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

from ._hyperparameters import Hyperparameters
from ._names import nearest, share
from ._numbers import as_float, brief, plain, plain_metrics
from ._randomness import seed_globals

Metrics = Mapping[str, Any]


class Report(NamedTuple):
    """What a trainer measured at the end of an interval.

    ``metrics``: numbers by name, among them the study's objective; NaN and infinities are allowed and rank worst.
    ``samples``: the single evaluations behind the objective (the last 10 episode returns, say), for strategies that
    test whether a difference is real.
    ``steps``: those that the interval really trained, where they are not those that were asked for: more, of a trainer
    that moves in rollouts, say; fewer, of one that was :attr:`finishing <Trainer.finishing>`.
    """

    metrics: Metrics
    samples: Sequence[float] = ()
    steps: int | None = None


class Trainer:
    """A model in training. Subclass it, and end your program with ``evolvent.serve(YourTrainer)``.

    One object serves one member of the population at a time. Its life is::

        create(hyperparameters, seed)    fresh weights
          [restore(directory)]           weights of an earlier interval, this member's or another's
          [apply(hyperparameters)]       other hyperparameters, same weights
          [reseed(seed)]                 the weights are another member's: a random stream of its own
          train(steps)                   one interval
          save(directory)                for resuming, and for others to copy
          ...                            again from the second line

    It must save everything that training depends on: weights, the optimizer's state, the position in the data, random
    generators. It must draw randomness from the seed that it was given. It must measure its score on held-out data, by
    the same ruler every time. ``--try`` checks what can be checked.

    ``setup``, ``load`` and ``load_and_apply`` are older names of :meth:`create`, :meth:`restore` and
    :meth:`restore_and_apply`. Programs that define or call them go on working, also together with classes that use the
    newer ones. A class that defines both names of one method raises TypeError.
    """

    hyperparameters: Hyperparameters = Hyperparameters()
    """What the object was last told to use. Set before :meth:`create` and before :meth:`apply`."""

    step: int = 0
    """The training steps behind the weights, along their lineage; kept by the SDK."""

    _on_progress: Callable[[int, Metrics], None] | None = None
    _is_finishing: Callable[[], bool] | None = None

    @property
    def finishing(self) -> bool:
        """Whether to end :meth:`train` at the next step, since the study or its place in a cluster is about to end.

        Optional: a ``train`` that looks at it between two steps, evaluates, and returns
        ``Report(metrics, steps=those_done)`` with fewer steps than it was asked for, loses nothing. What it has trained
        is saved, and another process does the rest. Of a trainer with several ranks it is never true.
        """
        return self._is_finishing is not None and self._is_finishing()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        share(cls, Trainer)

    def create(self, hyperparameters: Hyperparameters, seed: int) -> None:
        """Make fresh weights. ``seed`` is from 0 to 2**31 - 1 and the same for a member throughout the study."""
        self._lacks("create(self, hyperparameters, seed)")

    def train(self, steps: int) -> Metrics | Report | tuple[Metrics, Sequence[float]]:
        """Train on for at least ``steps`` steps (what a step is, is yours to say), evaluate, and return the metrics.

        A trainer that moves in larger steps, such as rollouts, stops at the first point at or beyond and returns
        ``Report(metrics, steps=those_done)``. In a study whose intervals have a time it trains until that is up:
        define ``train(self, steps, seconds=None)``, where ``seconds`` is the time, or None in other studies, and
        ``steps`` the most steps to do then, and return ``Report(metrics, steps=those_done)``.
        """
        self._lacks("train(self, steps)")

    def apply(self, hyperparameters: Hyperparameters) -> bool | None:
        """Take other hyperparameters in place; the weights stay.

        Called after every :meth:`restore`, too, because a restored optimizer brings its old learning rate. Return
        ``False`` when it cannot be done in place: a fresh object is then made with them and restores the weights.
        """
        self._lacks("apply(self, hyperparameters)")

    def save(self, directory: str) -> None:
        """Save everything that training depends on into a directory that exists and is empty."""
        self._lacks("save(self, directory)")

    def restore(self, directory: str) -> None:
        """Replace everything by what :meth:`save` wrote, in this object or another. Do not write there."""
        self._lacks("restore(self, directory)")

    def restore_and_apply(self, directory: str, hyperparameters: Hyperparameters) -> bool | None:
        """Go on from a checkpoint with other hyperparameters. Override it only if the other order is the right one."""
        nearest(self, "restore")(directory)
        return self.apply(hyperparameters)

    def evaluate(self) -> Metrics | Report | tuple[Metrics, Sequence[float]] | None:
        """Measure the weights as they are, without training, and return what :meth:`train` would; optional.

        Evolvent asks for it after a study's first restores: a restored model scores as it did when it was saved. It
        restores again afterwards, so that nothing that is drawn here changes the training. None: it cannot be told.
        """
        return None

    def reseed(self, seed: int) -> None:
        """Draw what is random from another stream from now on; ``seed`` is from 0 to 2**31 - 1.

        Called after the weights of another member were restored. Others may have copied the same checkpoint, with the
        states of the random generators in it, and would train exactly alike. By default the global generators of
        ``random``, NumPy and PyTorch are seeded, those that are loaded. Override it when you have generators of your
        own: seed them, and call ``super().reseed(seed)``.
        """
        seed_globals(seed)

    def setup(self, hyperparameters: Hyperparameters, seed: int) -> None:
        """Do as :meth:`create`, whose older name this is."""
        Trainer.create(self, hyperparameters, seed)

    def load(self, directory: str) -> None:
        """Do as :meth:`restore`, whose older name this is."""
        Trainer.restore(self, directory)

    def load_and_apply(self, directory: str, hyperparameters: Hyperparameters) -> bool | None:
        """Do as :meth:`restore_and_apply`, whose older name this is."""
        return Trainer.restore_and_apply(self, directory, hyperparameters)

    def in_force(self) -> Mapping[str, Any]:
        """Return the hyperparameters that are really used, all or some, read from where they take effect.

        For example ``{"learning_rate": self.optimizer.param_groups[0]["lr"]}``. Evolvent compares them with what it
        asked for, and fails the attempt when they differ. By default nothing is read here; what :func:`watch` watches
        is read in any case.
        """
        return {}

    def progress(self, steps_done: int, **metrics: float) -> None:
        """Say that ``steps_done`` steps of this interval are done. Optional; it proves that you are alive."""
        if self._on_progress is not None:
            self._on_progress(steps_done, metrics)

    def close(self) -> None:
        """Free what the garbage collector does not. Called before an object is replaced."""

    def _lacks(self, method: str) -> NoReturn:
        raise NotImplementedError(f"a trainer needs {method}, but {type(self).__name__} has none")


def as_report(result: Any) -> Report:
    """Turn what ``train`` returned into a report of plain floats."""
    metrics: Any = result
    samples: Any = ()
    steps: Any = None
    if isinstance(result, Report):
        metrics, samples, steps = result
    elif isinstance(result, tuple):
        if len(result) != 2:
            raise TypeError(f"train returned a tuple of {len(result)} but must return metrics, or (metrics, samples)")
        metrics, samples = result
    if not isinstance(metrics, Mapping):
        raise TypeError(f"train returned {brief(metrics)} but must return a mapping of names to numbers")
    return Report(
        {str(name): as_float(f"metric {name!r}", value) for name, value in metrics.items()},
        [as_float("a sample", value) for value in samples],
        steps,
    )


def measured(trainer: Trainer) -> Report | None:
    """Return what a trainer's ``evaluate`` tells, if it does.

    Programs from before there was such a method may have one of that name that means something else.
    """
    try:
        result: Any = trainer.evaluate()
        return as_report(result) if isinstance(result, Mapping | tuple) else None
    except Exception:
        traceback.print_exc()  # It goes on: if there is more to it, training will tell.
        return None


def checked_steps(done: Any, least: int) -> int:
    """Return the steps that an interval trained. Raises TypeError and ValueError when they cannot be."""
    try:
        steps = operator.index(done)
    except TypeError:
        raise TypeError(f"the steps that were trained are {brief(done)} but must be an integer") from None
    if steps < least:
        raise ValueError(f"{steps} steps were trained, but the interval must have at least {least}")
    return steps


def fields(report: Report) -> dict[str, Any]:
    """Return the fields of an answer that carry a report."""
    answer: dict[str, Any] = {"metrics": plain_metrics(report.metrics)}
    if report.samples:
        answer["samples"] = [plain(sample) for sample in report.samples]
    return answer
