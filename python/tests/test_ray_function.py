"""Ray Tune functions run as they are, with Ray and without."""

import io
import json
import os
import random
import tempfile
import threading
import unittest
from typing import Any

import speaking  # noqa: F401 - It puts evolvent on the path.

import evolvent
from evolvent._serve import Server
from evolvent._wire import Wire

evolvent.stand_in_for_ray()

from ray import tune  # noqa: E402
from ray.tune import Checkpoint, get_checkpoint, report  # noqa: E402

ENDED: list[str] = []


def saved(total: float) -> Any:
    directory = tempfile.mkdtemp()
    with open(os.path.join(directory, "state.json"), "w") as file:
        json.dump(total, file)
    return Checkpoint.from_directory(directory)


def loaded(checkpoint: Any) -> float:
    with checkpoint.as_directory() as directory, open(os.path.join(directory, "state.json")) as file:
        return float(json.load(file))


def mine(config: dict[str, Any]) -> None:
    random.random()  # A network's first weights, say.
    checkpoint = tune.get_checkpoint()
    total = loaded(checkpoint) if checkpoint else 0.0
    try:
        while True:
            total += config["rate"] * random.random()
            tune.report({"total": total, "text": "-", "eval": {"half": total / 2}}, checkpoint=saved(total))
    except Exception:
        ENDED.append("caught")
    finally:
        ENDED.append("ended")


def by_name(config: dict[str, Any]) -> None:
    total = loaded(get_checkpoint()) if get_checkpoint() else 0.0
    for step in range(4):
        report({"total": total + step}, checkpoint=saved(total) if step % 2 else None)


class RayFunctionTest(unittest.TestCase):
    def setUp(self) -> None:
        ENDED.clear()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.checkpoint = directory.name

    def serving(self, function: Any, rate: float = 1.0, seed: int = 3, **options: Any) -> Server:
        server = Server(evolvent.ray_function(function, **options), Wire(io.BytesIO(), io.BytesIO()))
        server._create({"hyperparameters": {"rate": rate}, "seed": seed})
        return server

    def train(self, server: Server, steps: int = 1) -> dict[str, float]:
        metrics: dict[str, float] = server._train({"id": 1, "steps": steps})["metrics"]
        return metrics

    def test_going_on_equals_restoring_elsewhere_and_nothing_is_left(self) -> None:
        threads = threading.active_count()
        server = self.serving(mine)
        self.assertEqual({"total", "eval/half"}, self.train(server, 2).keys())
        server._save({"directory": self.checkpoint})
        going_on = self.train(server, 3)
        other = self.serving(mine, rate=7.0, seed=99)
        self.train(other, 5)
        request = {"hyperparameters": {"rate": 1.0}, "seed": 99, "directory": self.checkpoint, "step": 2}
        self.assertEqual(2, other._restore(request)["step"])
        self.assertEqual(["ended"], ENDED, "no except of the function's catches its end")
        self.assertEqual(going_on, self.train(other, 3))
        for each in (server, other):
            assert each._trainer is not None
            each._trainer.close()
        self.assertEqual(["ended"] * 3, ENDED)
        self.assertEqual(threads, threading.active_count())

    def test_an_interval_may_have_a_time(self) -> None:
        for function, seconds, steps in ((mine, 0.0, 1), (mine, 3600.0, 4), (by_name, 0.0, 2)):
            server = self.serving(function)
            self.assertEqual(steps, server._train({"id": 1, "steps": 4, "seconds": seconds})["step"])
            assert server._trainer is not None
            server._trainer.close()

    def test_other_hyperparameters_go_on_with_the_weights(self) -> None:
        server = self.serving(mine)
        before = self.train(server, 2)
        server._apply({"hyperparameters": {"rate": 0.0}})
        self.assertEqual(before, self.train(server, 2))

    def test_the_same_hyperparameters_do_not_interrupt(self) -> None:
        server = self.serving(mine)
        self.train(server, 2)
        server._apply({"hyperparameters": {"rate": 1.0}})
        self.train(server, 2)
        self.assertEqual([], ENDED)

    def test_functions_that_were_imported_by_name(self) -> None:
        server = self.serving(by_name)
        self.assertEqual({"total": 1.0}, self.train(server, 2))
        with self.assertRaisesRegex(ValueError, "the last of 1 reports came without a checkpoint"):
            self.train(server, 1)
        with self.assertRaisesRegex(RuntimeError, "the function returned, but its budget"):
            self.train(server, 2)
        self.assertIs(report, tune.report, "what was put in its place is gone again")

    def test_what_it_raises_is_raised(self) -> None:
        def broken(config: dict[str, Any]) -> None:
            raise LookupError("no data here")

        with self.assertRaisesRegex(LookupError, "no data here"):
            self.train(self.serving(broken))

    def test_the_configuration_holds_constants_and_the_seed(self) -> None:
        given: list[dict[str, Any]] = []

        def looking(config: dict[str, Any]) -> None:
            given.append(config)
            tune.report({"x": 1}, checkpoint=saved(0))

        self.train(self.serving(looking, config={"data": "here"}))
        self.assertEqual([{"rate": 1.0, "data": "here", "seed": 3}], given)


if __name__ == "__main__":
    unittest.main()
