"""Version 2 of the protocol, spoken by loops."""

import hashlib
import json
import os
import random
import tempfile
import unittest
from typing import Any

import speaking

import evolvent

START = {"type": "start", "versions": [1, 2], "slot": 0, "run": "r", "fixed": []}
CREATE = {"type": "create", "hyperparameters": {"learning_rate": 0.5}, "seed": 1}


class LoopsTest(unittest.TestCase):
    def converse(self, *requests: dict[str, Any], arguments: tuple[str, ...] = ()) -> tuple[list[Any], str, int]:
        lines = "".join(json.dumps({"evolvent": 2, "id": id, **request}) + "\n" for id, request in enumerate(requests))
        with speaking.start("loop_two.py", *arguments) as process:
            out, err = process.communicate(lines.encode(), timeout=speaking.PATIENCE_SECONDS)
        return [json.loads(line) for line in out.splitlines()], err.decode(), process.returncode

    def test_rollouts_seconds_evaluations_and_random_streams(self) -> None:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            restore = {**CREATE, "type": "restore", "directory": one, "step": 12, "reseed": 7}
            answers, log, code = self.converse(
                START,
                CREATE,
                {"type": "train", "steps": 10},
                {"type": "save", "directory": one},
                restore,
                {"type": "evaluate"},
                restore,
                {"type": "train", "steps": 400, "seconds": 1e-6},
                {"type": "save", "directory": other},
            )
            self.assertEqual(0, code, log)
            random.seed(7)
            drawn = float(random.randrange(1000))
            self.assertEqual(
                [
                    {"version": 2, "sdk": "python", "finishes": True},
                    {"step": 0},
                    {"step": 12, "metrics": {"score": 3.0}},
                    {"step": 12},
                    {"step": 12},
                    {"step": 12, "metrics": {"score": 3.0, "drawn": drawn}},
                    {"step": 12},
                    {"step": 16, "metrics": {"score": 4.0, "drawn": drawn}},
                    {"step": 16},
                ],
                [
                    {name: answer[name] for name in answer if name not in ("evolvent", "type", "id")}
                    for answer in answers
                ],
            )
            with open(os.path.join(other, "evolvent.json")) as file:
                self.assertEqual({"step": 16}, json.load(file))

    def test_what_was_saved_is_told_where_that_is_asked_for(self) -> None:
        for style in "loop", "class":
            with self.subTest(style), tempfile.TemporaryDirectory() as directory:
                save = {"type": "save", "directory": directory, "telling": True}
                lines = (START, CREATE, {"type": "train", "steps": 4}, save)
                with speaking.start("steady.py", style) as process:
                    requests = [{"evolvent": 2, "id": id, **request} for id, request in enumerate(lines)]
                    text = "".join(json.dumps(request) + "\n" for request in requests)
                    out, _ = process.communicate(text.encode(), timeout=speaking.PATIENCE_SECONDS)
                told = {file.pop("path"): file for file in json.loads(out.splitlines()[-1])["files"]}
                self.assertEqual({"score", "evolvent.json"}, set(told))
                for name, file in told.items():
                    with open(os.path.join(directory, name), "rb") as saved:
                        content = saved.read()
                    self.assertEqual({"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}, file, name)

    def test_what_is_asked_to_finish_ends_at_its_next_step(self) -> None:
        for style in "loop", "class":
            with self.subTest(style), tempfile.TemporaryDirectory() as directory:
                with speaking.start("steady.py", style) as process:
                    requests, answers = process.stdin, process.stdout
                    assert requests is not None
                    assert answers is not None

                    def write(id: int, request: dict[str, Any], to: Any = requests) -> None:
                        to.write((json.dumps({"evolvent": 2, "id": id, **request}) + "\n").encode())
                        to.flush()

                    for id, request in enumerate((START, CREATE, {"type": "train", "steps": 10**12})):
                        write(id, request)
                    write(3, {"type": "save", "directory": directory})
                    started = json.loads(answers.readline())
                    self.assertEqual((2, True), (started["version"], started["finishes"]))
                    json.loads(answers.readline())
                    self.assertEqual("progress", json.loads(answers.readline())["type"])
                    write(1, {"type": "finish"})
                    write(2, {"type": "finish"})
                    trained = json.loads(answers.readline())
                    self.assertEqual("ok", trained["type"], trained)
                    self.assertLess(0, trained["step"])
                    self.assertEqual(trained["step"], trained["metrics"]["score"])
                    self.assertEqual(trained["step"], json.loads(answers.readline())["step"])
                    write(4, {"type": "train", "steps": 3})
                    again = json.loads(answers.readline())
                    again = json.loads(answers.readline()) if again["type"] == "progress" else again
                    self.assertEqual(trained["step"] + 3, again["step"], "the next one is not asked")
                    requests.close()
                with open(os.path.join(directory, "score")) as file:
                    self.assertEqual(str(trained["step"]), file.read())

    def test_a_loop_that_does_not_bear_evaluations_has_none(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            requests = (START, CREATE, {"type": "evaluate"}, {"type": "train", "steps": 4})
            answers, log, _ = self.converse(*requests, {"type": "save", "directory": directory}, arguments=("blind",))
            self.assertEqual("ok", answers[2]["type"], log)
            self.assertNotIn("metrics", answers[2])
            self.assertEqual(4, answers[3]["step"])

    def test_what_is_in_force_is_told(self) -> None:
        for arguments, told in (
            (("in_force",), {"learning_rate": 0.125}),
            (("watch",), {"learning_rate": 0.5}),
            (("watch", "old"), {"learning_rate": 0.001}),
        ):
            with self.subTest(arguments), tempfile.TemporaryDirectory() as directory:
                requests = (START, CREATE, {"type": "train", "steps": 4}, {"type": "save", "directory": directory})
                answers, log, _ = self.converse(*requests, arguments=arguments)
                self.assertEqual(told, answers[2].get("hyperparameters"), log)

    def test_a_stream_is_that_of_whose_weights_they_are_and_of_the_step(self) -> None:
        def drawn(seed: int = 1, step: int = 12, reseed: int | None = None, fresh: bool = False) -> int:
            return evolvent.Interval(
                hyperparameters=evolvent.Hyperparameters(),
                seed=seed,
                fresh=fresh,
                restore_from=None,
                step=step,
                steps=4,
                reseed=reseed,
            ).stream_seed

        self.assertEqual(drawn(), drawn(fresh=True), "who is restored draws as who goes on does")
        self.assertEqual(drawn(reseed=7), drawn(reseed=7, seed=2), "a copy is tried again")
        others = [drawn(), drawn(seed=2), drawn(step=13), drawn(reseed=7), drawn(reseed=8), drawn(reseed=7, step=13)]
        near = {seed + rank for seed in others for rank in range(8)}
        self.assertEqual(8 * len(others), len(near), "no two draw alike, nor do their ranks")
        self.assertTrue(all(0 <= seed < 2**31 for seed in others))
        self.assertEqual(1637945309, drawn(), "by every version of Python")

    def test_a_loop_over_steps_cannot_train_for_a_time(self) -> None:
        answers, log, code = self.converse(
            START, CREATE, {"type": "train", "steps": 4, "seconds": 1}, arguments=("range",)
        )
        self.assertEqual((2, 1), (len(answers), code))
        self.assertIn("Maybe train while not interval.is_over(steps_done), or use interval: {steps: N}", log)


if __name__ == "__main__":
    unittest.main()
