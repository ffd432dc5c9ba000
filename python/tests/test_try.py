"""``python train.py --try``: a trainer without Evolvent."""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import unittest
from typing import Any

import speaking

import evolvent
from evolvent._alone import try_trainer

PARSE = """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("files", nargs="*")
options = parser.parse_args()
print("parsed", options.data, *options.files)
"""
SERVE = """
import golden
evolvent.serve(golden.Golden, example={"learning_rate": 0.5})
"""
LOOP = """
for interval in evolvent.intervals(example={"learning_rate": 0.5}):
    interval.report(score=interval.hyperparameters.float("learning_rate") * interval.steps)
    open(interval.save_to + "/weights", "w").close()
"""


def run(*command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    paths = [os.path.join(speaking.ROOT, "python"), speaking.TESTS]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1", **variables}
    return subprocess.run(
        [sys.executable, *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment,
        timeout=speaking.PATIENCE_SECONDS,
    )


class TryTest(unittest.TestCase):
    def run_alone(self, script: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return run(os.path.join(speaking.TESTS, script), *arguments)

    def test_subclass(self) -> None:
        done = self.run_alone("golden.py", "--try", "learning_rate=0.5", "steps=4")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertTrue(
            done.stdout.startswith("trying five intervals of 4 steps (where that takes long: steps=1 behind")
        )
        self.assertIn("ok    the restored object trains on exactly like the saved one", done.stdout)
        self.assertIn("ok    apply {'learning_rate': 0.4}", done.stdout)

    def test_evaluate_and_reseed_are_tried(self) -> None:
        def tried(score: float) -> str:
            class Still(evolvent.Trainer):
                def create(self, hyperparameters: Any, seed: int) -> None: ...

                def train(self, steps: int) -> dict[str, float]:
                    return {"score": 1.0}

                def apply(self, hyperparameters: Any) -> None: ...

                def save(self, directory: str) -> None: ...

                def restore(self, directory: str) -> None: ...

                def evaluate(self) -> dict[str, float]:
                    return {"score": score}

            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                self.assertEqual(0, try_trainer(Still, {"lr": 1.0}, []))
            return out.getvalue()

        self.assertIn("ok    evaluate reports of the restored object {'score': 1.0}, as when it was saved", tried(1.0))
        self.assertIn("ok    reseed(17)", tried(1.0))
        self.assertIn("note  evaluate reports of the restored object {'score': 2.0}, but it was saved with", tried(2.0))

    def test_own_loop(self) -> None:
        done = self.run_alone("loop.py", "--try", "steps=1")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertTrue(done.stdout.startswith("trying three intervals of 1 step\n"), done.stdout)
        self.assertIn("ok: three intervals", done.stdout)

    def test_a_missing_hyperparameter_says_how_to_give_it(self) -> None:
        done = self.run_alone("golden.py", "--try")
        self.assertNotEqual(0, done.returncode)
        self.assertIn("Maybe: --try learning_rate=0.1", done.stderr)


class ParsingTest(unittest.TestCase):
    """Programs that parse their own arguments before they serve."""

    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = os.path.join(directory.name, "train.py")

    def run_program(self, text: str, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        with open(self.path, "w") as file:
            file.write(text)
        return run(self.path, *arguments, **variables)

    def tried(self, done: "subprocess.CompletedProcess[str]", parsed: str, *lines: str) -> None:
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual(parsed, done.stdout.splitlines()[0])
        for line in lines:
            self.assertIn(line + "\n", done.stdout)

    def test_a_parser_sees_its_own_arguments_only(self) -> None:
        program = "import evolvent" + PARSE + SERVE
        for arguments in (
            ["--data", "here", "--try", "learning_rate=0.25", "steps=2"],
            ["--try", "learning_rate=0.25", "steps=2", "--data", "here"],
            ["--try", "steps=2", "learning_rate=0.25", "--data=here"],
        ):
            with self.subTest(arguments):
                done = self.run_program(program, *arguments)
                self.tried(done, "parsed here", "ok    create with {'learning_rate': 0.25}, seed 17")

    def test_a_file_behind_it_is_the_programs_and_so_is_an_assignment_before(self) -> None:
        done = self.run_program("import evolvent" + PARSE + SERVE, "a=b", "--try", "file", "--data", "here")
        self.tried(done, "parsed here a=b file", "ok    create with {'learning_rate': 0.5}, seed 17")

    def test_a_loop(self) -> None:
        done = self.run_program(
            "import evolvent" + PARSE + LOOP, "--data", "here", "--try", "learning_rate=2", "steps=3"
        )
        self.tried(done, "parsed here", "{'score': 6.0}", "ok: three intervals trained, reported and saved")

    def test_a_program_that_parses_before_it_imports_is_told_by_a_variable(self) -> None:
        program = PARSE + "import evolvent\n" + SERVE
        done = self.run_program(program, "--data", "here", EVOLVENT_TRY="learning_rate=0.25 steps=2")
        self.tried(done, "parsed here", "ok    create with {'learning_rate': 0.25}, seed 17")
        done = self.run_program(program, "--data", "here", EVOLVENT_TRY="1")
        self.tried(done, "parsed here", "ok    create with {'learning_rate': 0.5}, seed 17")
        done = self.run_program(program, "--data", "here", EVOLVENT_TRY="yes")
        self.assertIn("EVOLVENT_TRY is 'yes' but must be 1, or name=value", done.stderr)

    def test_what_evolvent_starts_is_not_tried(self) -> None:
        program = "import evolvent" + PARSE + SERVE
        done = self.run_program(program, "--data", "here", EVOLVENT_TRY="1", EVOLVENT_RUN="1a2b")
        self.assertEqual((0, "parsed here\n"), (done.returncode, done.stdout), done.stderr)


if __name__ == "__main__":
    unittest.main()
