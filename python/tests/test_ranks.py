"""Several processes serve one member."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from typing import Any

import speaking
from test_styles import requests


class RanksTest(unittest.TestCase):
    def converse(self, lines: bytes, style: str, **environment: str) -> tuple[list[dict[str, Any]], str, int]:
        done = subprocess.run(
            [
                sys.executable,
                os.path.join(speaking.TESTS, "launcher.py"),
                "2",
                os.path.join(speaking.TESTS, "ranks.py"),
                style,
            ],
            input=lines,
            capture_output=True,
            timeout=speaking.PATIENCE_SECONDS,
            env={
                **os.environ,
                "PYTHONPATH": os.path.join(speaking.ROOT, "python"),
                "EVOLVENT_RUN": "1a2b",
                "EVOLVENT_PROCESS": f"{os.getpid()}-{style}",
                **environment,
            },
        )
        log = done.stderr.decode()
        return [json.loads(line) for line in done.stdout.decode().splitlines()], log, done.returncode

    def test_both_ranks_do_the_same_and_one_answers(self) -> None:
        for style in ("class", "loop"):
            with self.subTest(style), tempfile.TemporaryDirectory() as directory:
                answers, log, code = self.converse(requests(directory), style)
                self.assertEqual(0, code, log)
                self.assertEqual(list(range(10)), [answer["id"] for answer in answers], log)
                self.assertEqual({"ok"}, {answer["type"] for answer in answers}, log)
                self.assertEqual([2.0, 3.0, 3.0], [a["metrics"]["score"] for a in answers if "metrics" in a])
                for rank in range(2):
                    trained = [line.split(": ")[1] for line in log.splitlines() if line.startswith(f"rank {rank}: t")]
                    self.assertEqual(["trains 4 to 2.0", "trains 4 to 3.0", "trains 1 to 3.0"], trained)
                with open(os.path.join(directory, "a", "evolvent.json")) as noted:
                    self.assertEqual(4, json.load(noted)["step"])
                self.assertEqual([], leftovers())

    def test_a_rank_that_fails_ends_all(self) -> None:
        for style in ("class", "loop"):
            with self.subTest(style), tempfile.TemporaryDirectory() as directory:
                lines = requests(directory).replace(b'"steps": 4', b'"steps": 13')
                _, log, code = self.converse(lines, style)
                self.assertNotEqual(0, code, log)
                self.assertIn("rank 1 has bad luck", log)

    def test_ranks_elsewhere_are_refused(self) -> None:
        answers, log, code = self.converse(b"", "loop", LOCAL_WORLD_SIZE="1")
        self.assertEqual(([], 1), (answers, code))
        self.assertIn("1 of 2 ranks are on this machine but all ranks of a member must be on one", log)


def leftovers() -> list[str]:
    """What ranks left in the directory for temporary files."""
    return [name for name in os.listdir(tempfile.gettempdir()) if name.startswith("evolvent-ranks-")]


if __name__ == "__main__":
    unittest.main()
