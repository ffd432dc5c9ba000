"""Runs a trainer without Evolvent: ``python train.py --try [name=value ...] [steps=N]``."""

import json
import math
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ._hyperparameters import Hyperparameters, Value
from ._interval import Interval
from ._names import nearest
from ._trainer import Report, Trainer, as_report, measured

SEED = 17
STEPS = 10
"""Of an interval, unless ``steps=N`` says otherwise."""


class ExampleHyperparameters(Hyperparameters):
    """Hyperparameters that say how to give one that is missing."""

    def __missing__(self, name: Any) -> Value:
        sys.exit(
            f"The trainer asked for the hyperparameter {name!r}, which has no value here.\n"
            f"Maybe: --try {name}=0.1, or evolvent.serve(..., example={{{name!r}: 0.1}})"
        )


def example_of(example: Mapping[str, Any], assignments: list[str]) -> tuple[ExampleHyperparameters, int]:
    """Return the hyperparameters, ``assignments`` (``name=value``) going first, and the steps of an interval."""
    hyperparameters, steps = ExampleHyperparameters(example), STEPS
    for assignment in assignments:
        name, _, text = assignment.partition("=")
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        if name == "steps":
            if not isinstance(value, int) or value < 1:
                sys.exit(f"steps is {text} but must be an integer of at least 1")
            steps = value
        else:
            hyperparameters[name] = value
    return hyperparameters, steps


def announce(intervals: str, steps: int) -> None:
    """Say what will be done: it takes minutes where steps are long."""
    shorter = " (where that takes long: steps=1 behind --try)" if steps > 1 else ""
    print(f"trying {intervals} intervals of {steps} step{'s' * (steps > 1)}{shorter}", flush=True)


def changed(hyperparameters: Mapping[str, Value]) -> ExampleHyperparameters:
    """Return hyperparameters with every real number changed a little, as a study would."""
    return ExampleHyperparameters(
        {name: value * 0.8 if isinstance(value, float) else value for name, value in hyperparameters.items()}
    )


def alike(one: Report, two: Report) -> bool:
    """Whether two reports say the same, NaN being like NaN."""
    if one.metrics.keys() != two.metrics.keys():
        return False
    return all(
        value == two.metrics[name] or (math.isnan(value) and math.isnan(two.metrics[name]))
        for name, value in one.metrics.items()
    )


def make_fresh(make: Callable[[], Trainer], hyperparameters: ExampleHyperparameters) -> Trainer:
    """Return a trainer with fresh weights."""
    trainer = make()
    trainer.hyperparameters = ExampleHyperparameters(hyperparameters)
    nearest(trainer, "create")(ExampleHyperparameters(hyperparameters), SEED)
    return trainer


class Findings:
    """Tells what works and what does not."""

    def __init__(self) -> None:
        self.failures = 0

    def works(self, what: str) -> None:
        """Say that something works."""
        print(f"ok    {what}", flush=True)

    def note(self, what: str) -> None:
        """Say what one may want to know."""
        print(f"note  {what}", flush=True)

    def fails(self, what: str) -> None:
        """Say that something does not work."""
        self.failures += 1
        print(f"FAIL  {what}", flush=True)


def try_trainer(make: Callable[[], Trainer], example: Mapping[str, Any], assignments: list[str]) -> int:
    """Run two intervals, save, restore into a fresh object and apply; print what works. Returns the exit code."""
    hyperparameters, steps = example_of(example, assignments)
    findings = Findings()
    announce("five", steps)

    def train(trainer: Trainer) -> Report:
        report = as_report(trainer.train(steps))
        trainer.step += steps
        return report

    trainer = make_fresh(make, hyperparameters)
    findings.works(f"create with {hyperparameters}, seed {SEED}")
    first = train(trainer)
    findings.works(f"train({steps}) reports {first.metrics}")
    with tempfile.TemporaryDirectory(prefix="evolvent-") as directory:
        trainer.save(directory)
        findings.works(f"save into {directory}")
        going_on = train(trainer)  # Before the other object, as both may draw from the same global generator.
        restored = make_fresh(make, hyperparameters)
        nearest(restored, "restore_and_apply")(directory, ExampleHyperparameters(hyperparameters))
        restored.step = steps
        findings.works("restore into a fresh object")
        if measure(restored, first, findings):
            # Whatever an evaluation draws or moves must not be seen in what is trained, and so a study restores again.
            nearest(restored, "restore_and_apply")(directory, ExampleHyperparameters(hyperparameters))
        after_restore = train(restored)
        if alike(going_on, after_restore):
            findings.works("the restored object trains on exactly like the saved one")
        else:
            findings.note(
                f"the restored object trains on differently: {after_restore.metrics} instead of {going_on.metrics}. "
                "Maybe save does not save everything (optimizer, random generators, position in the data), or the "
                "hardware is not deterministic"
            )
    restored.reseed(SEED)
    findings.works(f"reseed({SEED}), as copies of a model are")
    again = train(make_fresh(make, hyperparameters))
    if alike(first, again):
        findings.works("the same seed gives the same metrics")
    else:
        findings.note(f"the same seed gives other metrics: {again.metrics} instead of {first.metrics}")
    others = changed(hyperparameters)
    trainer.hyperparameters = ExampleHyperparameters(others)
    if trainer.apply(ExampleHyperparameters(others)) is False:
        findings.note("apply returned False: the object is made anew for other hyperparameters")
    else:
        wrong = {name: used for name, used in trainer.in_force().items() if not _close(others.get(name), used)}
        if wrong:
            findings.fails(f"apply {others}, but in force are {wrong}")
        else:
            findings.works(f"apply {others}")
        findings.works(f"train({steps}) after it reports {train(trainer).metrics}")
    trainer.close()
    return 1 if findings.failures else 0


def _close(asked: Any, used: Any) -> bool:
    if isinstance(asked, int | float) and not isinstance(asked, bool):
        return math.isclose(asked, float(used), rel_tol=1e-6)
    return bool(asked == used)


def measure(restored: Trainer, saved: Report, findings: Findings) -> bool:
    """Say whether restored weights score as they did when they were saved; return whether the trainer can tell."""
    found = measured(restored)
    if found is None:
        return False
    if all(value == saved.metrics.get(name) for name, value in found.metrics.items()):
        findings.works(f"evaluate reports of the restored object {found.metrics}, as when it was saved")
    else:
        findings.note(f"evaluate reports of the restored object {found.metrics}, but it was saved with {saved.metrics}")
    return True


def intervals_alone(example: Mapping[str, Any], assignments: list[str]) -> Iterator[Interval]:
    """Yield a fresh interval, one that goes on, and one that is restored with other hyperparameters."""
    hyperparameters, steps = example_of(example, assignments)
    announce("three", steps)
    with tempfile.TemporaryDirectory(prefix="evolvent-") as root:
        first, second, third = (tempfile.mkdtemp(dir=root) for _ in range(3))
        plan = [
            ("fresh weights", hyperparameters, True, None, 0, first),
            ("going on", hyperparameters, False, None, steps, second),
            ("restored, with other hyperparameters", changed(hyperparameters), False, first, steps, third),
        ]
        for what, chosen, fresh, restore_from, step, save_to in plan:
            print(f"interval: {what}, {chosen}", flush=True)
            interval = Interval(
                hyperparameters=ExampleHyperparameters(chosen),
                seed=SEED,
                fresh=fresh,
                restore_from=restore_from,
                step=step,
                steps=steps,
                save_to=save_to,
            )
            yield interval
            interval._finish()
    print("ok: three intervals trained, reported and saved", flush=True)
