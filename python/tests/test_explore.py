"""An explore operator in Python: the golden transcript word for word, and what goes wrong."""

import json
import os
import unittest
from typing import Any

import speaking

TRANSCRIPT = os.path.join(speaking.ROOT, "protocol", "explore-v1", "transcripts", "two-copies.txt")


def ask(*requests: dict[str, Any]) -> list[dict[str, Any]]:
    lines = "".join(json.dumps({"evolvent": 1, "id": id, **request}) + "\n" for id, request in enumerate(requests))
    answers, log, code = speaking.converse(lines.encode("utf-8"), "golden_explore.py")
    assert code == 0, log
    return [json.loads(answer) for answer in answers]


class ExploreTest(unittest.TestCase):
    def test_the_golden_transcript(self) -> None:
        with open(TRANSCRIPT, encoding="utf-8") as file:
            lines = file.read().splitlines()
        requests = "".join(line[2:] + "\n" for line in lines if line.startswith("> "))
        expected = [line[2:] for line in lines if line.startswith("< ")]
        self.assertGreaterEqual(len(expected), 4)
        answers, log, code = speaking.converse(requests.encode("utf-8"), "golden_explore.py")
        self.assertEqual(expected, answers, log)
        self.assertEqual(0, code)
        self.assertIn("a print of the program", log)

    def test_what_is_no_request_is_answered_by_an_error(self) -> None:
        start = {"type": "start", "versions": [1]}
        answers = ask(start, {"type": "dance"}, {"type": "explore", "seed": 1}, {"type": "start", "versions": [9]})
        self.assertEqual(["ok", "error", "error", "error"], [answer["type"] for answer in answers])
        self.assertIn("unknown message type 'dance'", answers[1]["message"])
        self.assertIn("'space' is None but must be of type dict", answers[2]["message"])
        self.assertIn("this program 1", answers[3]["message"])

    def test_fields_of_later_versions_are_ignored(self) -> None:
        point: dict[str, Any] = {"member": 1, "interval": 2, "step": 3, "score": None, "hyperparameters": {}}
        point["later"] = True
        answers = ask(
            {
                "type": "explore",
                "seed": 1,
                "space": {},
                "inherited": {"learning_rate": 0.5},
                "own": {},
                "member": point,
                "later": 1,
            }
        )
        self.assertEqual({"learning_rate": 0.25}, answers[0]["hyperparameters"])


if __name__ == "__main__":
    unittest.main()
