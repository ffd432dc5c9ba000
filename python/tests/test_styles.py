"""The three ways to write a trainer behave alike."""

import io
import json
import os
import tempfile
import unittest
from typing import Any, ClassVar
from unittest import mock

import speaking

import evolvent
from evolvent._serve import Server
from evolvent._wire import Wire


def requests(directory: str) -> bytes:
    """One interval, saved; another with other hyperparameters; then the saved one again."""
    lines: list[dict[str, Any]] = [
        {"type": "start", "versions": [1], "slot": 0, "run": "r", "fixed": []},
        {"type": "create", "hyperparameters": {"learning_rate": 0.5}, "seed": 3},
        {"type": "train", "steps": 4},
        {"type": "save", "directory": os.path.join(directory, "a")},
        {"type": "apply", "hyperparameters": {"learning_rate": 0.25}},
        {"type": "train", "steps": 4},
        {"type": "save", "directory": os.path.join(directory, "b")},
        {
            "type": "restore",
            "hyperparameters": {"learning_rate": 1.0},
            "seed": 4,
            "directory": os.path.join(directory, "a"),
            "step": 4,
        },
        {"type": "train", "steps": 1},
        {"type": "save", "directory": os.path.join(directory, "c")},
    ]
    for name in "abc":
        os.mkdir(os.path.join(directory, name))
    return b"".join(json.dumps({"evolvent": 1, "id": i, **line}).encode() + b"\n" for i, line in enumerate(lines))


class StylesTest(unittest.TestCase):
    def scores(self, script: str) -> str:
        with tempfile.TemporaryDirectory() as directory:
            answers, log, code = speaking.converse(requests(directory), script)
            self.assertEqual(0, code, log)
            oks = [answer for answer in map(json.loads, answers) if answer["type"] == "ok"]
            self.assertEqual(list(range(10)), [answer["id"] for answer in oks], log)
            self.assertEqual([0, 4, 4, 4, 8, 8, 4, 5, 5], [answer["step"] for answer in oks[1:]])
            scores = [answer["metrics"]["score"] for answer in oks if "metrics" in answer]
            self.assertEqual([2.0, 3.0, 3.0], scores)
            return log

    def test_own_loop(self) -> None:
        log = self.scores("loop.py")
        for words in ("a print", "a program", "a C library"):
            self.assertEqual(3, log.count(words), log)

    def test_ray(self) -> None:
        self.scores("ray_style.py")

    def test_ray_of_old_style(self) -> None:
        with mock.patch.dict(os.environ, OLD_STYLE="1"):
            self.scores("ray_style.py")

    def test_subclass(self) -> None:
        self.scores("golden.py")

    def test_subclass_with_older_names(self) -> None:
        self.scores("older.py")


class FaultsTest(unittest.TestCase):
    def test_a_missing_hyperparameter_names_the_line_of_the_trainer_that_asked_for_it(self) -> None:
        create = b'{"evolvent":1,"type":"create","id":1,"hyperparameters":{"lr":0.5},"seed":3}\n'
        answers, log, _ = speaking.converse(create)
        message = json.loads(answers[0])["message"]
        self.assertIn("there is no hyperparameter 'learning_rate'; there are lr = 0.5\n", message, log)
        self.assertIn("(at golden.py:", message, log)

    def test_a_loop_that_does_not_save_is_told_so(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            lines = b"\n".join(requests(directory).split(b"\n")[:3]) + b"\n"
            with speaking.start("loop.py", "careless") as process:
                _, log = process.communicate(lines, timeout=speaking.PATIENCE_SECONDS)
                self.assertEqual(1, process.returncode)
                self.assertIn("did not save into interval.save_to", log.decode())


class Recorder(evolvent.Trainer):
    """Notes what is called."""

    calls: ClassVar[list[str]] = []
    in_place = True

    def create(self, hyperparameters: dict[str, Any], seed: int) -> None:
        self.calls.append(f"create {hyperparameters} {seed}")

    def train(self, steps: int) -> dict[str, float]:
        return {"score": 1.0}

    def apply(self, hyperparameters: dict[str, Any]) -> bool:
        self.calls.append(f"apply {hyperparameters}")
        return self.in_place

    def save(self, directory: str) -> None:
        self.calls.append("save")

    def restore(self, directory: str) -> None:
        self.calls.append("restore")

    def close(self) -> None:
        self.calls.append("close")


class FreshObjectsTest(unittest.TestCase):
    """An object is made anew only when it must be."""

    def setUp(self) -> None:
        Recorder.calls = []
        self.server = Server(Recorder, Wire(io.BytesIO(), io.BytesIO()))
        self.server._start({"id": 0, "versions": [1], "fixed": ["layers"]})
        self.server._create({"hyperparameters": {"layers": 2, "lr": 1}, "seed": 3})
        Recorder.calls.clear()

    def restore(self, layers: int) -> None:
        with tempfile.TemporaryDirectory() as directory:
            request = {"hyperparameters": {"layers": layers, "lr": 2}, "seed": 4, "directory": directory, "step": 9}
            self.assertEqual(9, self.server._restore(request)["step"])

    def test_restore_reuses_the_object(self) -> None:
        self.restore(layers=2)
        self.assertEqual(["restore", "apply {'layers': 2, 'lr': 2}"], Recorder.calls)

    def test_another_fixed_hyperparameter_needs_another_object(self) -> None:
        self.restore(layers=3)
        self.assertEqual(
            ["close", "create {'layers': 3, 'lr': 2} 4", "restore", "apply {'layers': 3, 'lr': 2}"], Recorder.calls
        )

    def test_an_object_that_cannot_apply_is_made_anew_with_its_weights(self) -> None:
        with mock.patch.object(Recorder, "in_place", False):
            self.server._apply({"hyperparameters": {"layers": 2, "lr": 5}})
        self.assertEqual(
            ["apply {'layers': 2, 'lr': 5}", "save", "close", "create {'layers': 2, 'lr': 5} 3", "restore"],
            Recorder.calls,
        )


if __name__ == "__main__":
    unittest.main()
