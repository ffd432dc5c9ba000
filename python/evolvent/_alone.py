"""Runs a trainer without Evolvent: ``python train.py --try [name=value ...] [steps=N]``."""

import json
import math
import sys
import tempfile
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple

from ._intervals import Interval
from ._trainer import Report, Trainer, as_report

SEED = 17


class Asked(Dict[str, Any]):
    """Hyperparameters that say how to give one that is missing."""

    def __missing__(self, name: str) -> Any:
        sys.exit(
            f"The trainer asked for the hyperparameter {name!r}, which has no value here.\n"
            f"Maybe: --try {name}=0.1, or evolvent.serve(..., example={{{name!r}: 0.1}})"
        )


def arguments(example: Dict[str, Any], given: List[str]) -> Tuple[Dict[str, Any], int]:
    """Return the hyperparameters and the steps of an interval."""
    steps = 10
    for argument in given:
        name, equals, text = argument.partition("=")
        if not equals:
            sys.exit(f"{argument!r} after --try must be name=value")
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        if name == "steps":
            if not isinstance(value, int) or value < 1:
                sys.exit(f"steps is {text} but must be an integer of at least 1")
            steps = value
        else:
            example[name] = value
    return example, steps


def other(hyperparameters: Mapping[str, Any]) -> Dict[str, Any]:
    """Return hyperparameters with every real number changed a little, as a study would."""
    return {
        name: value * 0.8 if isinstance(value, float) and not isinstance(value, bool) else value
        for name, value in hyperparameters.items()
    }


def same(one: Report, two: Report) -> bool:
    """Whether two reports are alike, NaN being like NaN."""
    if one.metrics.keys() != two.metrics.keys():
        return False
    return all(
        value == two.metrics[name] or (math.isnan(value) and math.isnan(two.metrics[name]))
        for name, value in one.metrics.items()
    )


def made(make: Callable[[], Trainer], hyperparameters: Mapping[str, Any]) -> Trainer:
    """Return a trainer with fresh weights."""
    trainer = make()
    trainer.hyperparameters = dict(hyperparameters)
    trainer.setup(Asked(hyperparameters), SEED)
    return trainer


def try_alone(make: Callable[[], Trainer], example: Dict[str, Any], given: List[str]) -> int:
    """Run two intervals, save, load into a fresh object and apply; print what works. Returns the exit code."""
    hyperparameters, steps = arguments(example, given)
    failures = 0

    def say(works: Optional[bool], what: str) -> None:
        nonlocal failures
        failures += works is False
        print(f"{'ok  ' if works else 'FAIL' if works is False else 'note'}  {what}", flush=True)

    def train(trainer: Trainer) -> Report:
        report = as_report(trainer.train(steps))
        trainer.step += steps
        return report

    trainer = made(make, hyperparameters)
    say(True, f"setup with {hyperparameters}, seed {SEED}")
    first = train(trainer)
    say(True, f"train({steps}) reports {first.metrics}")
    with tempfile.TemporaryDirectory(prefix="evolvent-") as directory:
        trainer.save(directory)
        say(True, f"save into {directory}")
        going_on = train(trainer)  # Before the other object, as both may draw from the same global generator.
        restored = made(make, hyperparameters)
        restored.load_and_apply(directory, Asked(hyperparameters))
        restored.step = steps
        say(True, "load into a fresh object")
        after_load = train(restored)
        if same(going_on, after_load):
            say(True, "the loaded object trains on exactly like the saved one")
        else:
            say(
                None,
                f"the loaded object trains on differently: {dict(after_load.metrics)} instead of "
                f"{dict(going_on.metrics)}. Maybe save does not save everything (optimizer, random generators, position "
                "in the data), or the hardware is not deterministic",
            )
    again = train(made(make, hyperparameters))
    say(True if same(first, again) else None, "the same seed gives the same metrics" if same(first, again) else
        f"the same seed gives other metrics: {dict(again.metrics)} instead of {dict(first.metrics)}")
    changed = other(hyperparameters)
    answer = trainer.apply(Asked(changed))
    trainer.hyperparameters = dict(changed)
    if answer is False:
        say(None, "apply returned False: the object is made anew for other hyperparameters")
    else:
        wrong = {name: used for name, used in trainer.in_force().items() if not _close(changed.get(name), used)}
        say(not wrong, f"apply {changed}" + (f", but in force are {wrong}" if wrong else ""))
        say(True, f"train({steps}) after it reports {train(trainer).metrics}")
    trainer.close()
    return 1 if failures else 0


def _close(asked: Any, used: Any) -> bool:
    if isinstance(asked, (int, float)) and not isinstance(asked, bool):
        return math.isclose(asked, float(used), rel_tol=1e-6)
    return bool(asked == used)


def intervals_alone(example: Dict[str, Any], given: List[str]) -> Iterator[Interval]:
    """Yield a fresh interval, one that goes on, and one that is restored with other hyperparameters."""
    hyperparameters, steps = arguments(example, given)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two, tempfile.TemporaryDirectory() as three:
        plan = [
            ("fresh weights", hyperparameters, True, None, one),
            ("going on", hyperparameters, False, None, two),
            ("restored, with other hyperparameters", other(hyperparameters), False, one, three),
        ]
        step = 0
        for what, chosen, fresh, restore_from, save_to in plan:
            if restore_from:
                step = steps
            print(f"interval: {what}, {chosen}", flush=True)
            interval = Interval(
                None,
                hyperparameters=Asked(chosen),
                seed=SEED,
                fresh=fresh,
                restore_from=restore_from,
                step=step,
                steps=steps,
            )
            interval._save_to = save_to
            yield interval
            interval._finish()
            step += steps
    print("ok: three intervals trained, reported and saved", flush=True)
