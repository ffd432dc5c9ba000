"""What the manual shows of the examples is what they are."""

import difflib
import os
import re
import unittest

import speaking

PAGE = os.path.join(speaking.ROOT, "docs", "cookbook.md")
SHOWN = re.compile(r"<!-- diff (\w+) (\d+) -->\n```diff\n(.*?)\n```", re.DOTALL)


def changed(example: str) -> list[str]:
    """Return the lines that differ between an example's plain script and the one that Evolvent runs."""
    texts = []
    for name in ("plain.py", "train.py"):
        with open(os.path.join(speaking.ROOT, "examples", example, name), encoding="utf-8") as file:
            texts.append(file.read().splitlines())
    lines = list(difflib.unified_diff(texts[0], texts[1], n=0, lineterm=""))[2:]
    return [line for line in lines if line[0] in "+-" and line[1:].strip()]


class CookbookTest(unittest.TestCase):
    def test_differences_are_those_of_the_examples_and_as_short_as_promised(self) -> None:
        with open(PAGE, encoding="utf-8") as file:
            shown = SHOWN.findall(file.read())
        self.assertEqual(["pytorch", "transformers", "lightning"], [example for example, _, _ in shown])
        for example, most, lines in shown:
            with self.subTest(example):
                self.assertEqual(changed(example), lines.splitlines())
                self.assertLessEqual(len(lines.splitlines()), int(most))


if __name__ == "__main__":
    unittest.main()
