"""Whatever comes in as a request, the SDK answers by a clear error and goes on, in bounded memory."""

import json
import random
import unittest
from typing import Any

import speaking

START = b'{"evolvent":1,"type":"start","id":0,"versions":[1],"slot":0,"run":"r","fixed":[]}\n'
CREATE = b'{"type":"create","id":7,"hyperparameters":{"learning_rate":0.5},"seed":3}\n'


def garbage(dice: random.Random) -> bytes:
    """Return one line that is no request."""
    kind = dice.randrange(6)
    if kind == 0:
        return bytes(dice.randrange(256) for _ in range(dice.randrange(1, 200))).replace(b"\n", b"?")
    if kind == 1:
        return CREATE[: dice.randrange(1, len(CREATE) - 2)]
    if kind == 2:
        depth = dice.randrange(1000, 200_000)
        return b"[" * depth + b"]" * depth
    if kind == 3:
        return b'{"type":"create","id":1,"hyperparameters":"\xff\xfe"}'
    if kind == 4:
        value = dice.choice(["null", "[]", "1e999", '"x"', "-1", "true", "{}"])
        field = dice.choice(["id", "type", "hyperparameters", "seed", "reseed"])
        request = {"type": '"create"', "id": "1", "hyperparameters": '{"learning_rate":1}', "seed": "3", field: value}
        if field == "hyperparameters" and value == "{}":
            request[field] = "[]"
        if field == "seed" and value == "-1":
            request[field] = "{}"
        if field == "reseed" and value == "null":
            request[field] = "[]"
        if field == "id" and value == "-1":
            request[field] = "[]"
        return ("{" + ",".join(f'"{name}":{text}' for name, text in request.items()) + "}").encode()
    return b"9" * dice.randrange(5000, 100_000)


class FuzzTest(unittest.TestCase):
    def converse(self, lines: list[bytes]) -> list[dict[str, Any]]:
        answers, log, code = speaking.converse(START + b"\n".join(lines) + b"\n" + CREATE)
        self.assertEqual(0, code, log)
        return [json.loads(answer) for answer in answers]

    def test_garbage_is_answered_by_errors(self) -> None:
        for seed in range(10):
            with self.subTest(seed=seed):
                dice = random.Random(seed)
                lines = [garbage(dice) for _ in range(30)]
                answers = self.converse(lines)
                self.assertEqual(len(lines) + 2, len(answers))
                for line, answer in zip(lines, answers[1:-1]):
                    self.assertEqual("error", answer["type"], line[:200])
                    self.assertLess(len(answer["message"]), 1000)
                self.assertEqual(("ok", 7), (answers[-1]["type"], answers[-1]["id"]))

    def test_a_huge_line_is_skipped(self) -> None:
        answers = self.converse([b"x" * (40 << 20)])
        self.assertEqual(["ok", "error", "ok"], [answer["type"] for answer in answers])
        self.assertIn("more than 16777216 bytes", answers[1]["message"])

    def test_a_huge_line_takes_little_memory(self) -> None:
        with speaking.start("golden.py", memory_bytes=200 << 20) as process:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(START)
            for _ in range(300):
                process.stdin.write(b"[" * (1 << 20))
            process.stdin.write(b"\n" + CREATE)
            process.stdin.close()
            answers = [json.loads(line)["type"] for line in process.stdout]
        self.assertEqual(["ok", "error", "ok"], answers)

    def test_a_huge_number_takes_little_time(self) -> None:
        answers = self.converse([b'{"type":"train","id":1,"steps":' + b"9" * (15 << 20) + b"}"])
        self.assertEqual(["ok", "error", "ok"], [answer["type"] for answer in answers])
        self.assertIn("digits", answers[1]["message"])

    def test_a_truncated_line_ends_it(self) -> None:
        answers, log, code = speaking.converse(START + CREATE[:-10])
        self.assertEqual((1, 0), (len(answers), code), log)


if __name__ == "__main__":
    unittest.main()
