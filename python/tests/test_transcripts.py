"""The SDK answers the golden transcripts, word for word."""

import glob
import os
import tempfile
import unittest

import speaking


class TranscriptsTest(unittest.TestCase):
    def test_every_transcript(self) -> None:
        names = sorted(glob.glob(os.path.join(speaking.ROOT, "protocol", "v[12]", "transcripts", "*.txt")))
        # What only a trainer of version 1 says.
        names.remove(os.path.join(speaking.ROOT, "protocol", "v1", "transcripts", "refusals.txt"))
        self.assertEqual(5, len(names))
        for name in names:
            script = "golden.py" if os.path.join("protocol", "v1") in name else "golden_two.py"
            with self.subTest(os.path.basename(name)), tempfile.TemporaryDirectory() as directory:
                with open(name, encoding="utf-8") as file:
                    lines = file.read().replace("$DIR", directory).splitlines()
                requests = "".join(line[2:] + "\n" for line in lines if line.startswith("> "))
                expected = [line[2:] for line in lines if line.startswith("< ")]
                answers, log, code = speaking.converse(requests.encode("utf-8"), script)
                self.assertEqual(expected, answers, log)
                self.assertEqual(0, code)

    def test_the_log_is_marked_where_another_attempt_begins(self) -> None:
        mark = "=== evolvent: 5f0c"
        with open(os.path.join(speaking.ROOT, "protocol", "v2", "transcripts", "copies.txt"), encoding="utf-8") as file:
            asked = "".join(line[2:] for line in file if line.startswith("> "))
        with tempfile.TemporaryDirectory() as directory:
            _, log, _ = speaking.converse(asked.replace("$DIR", directory).encode("utf-8"), "golden_two.py")
            self.assertEqual(
                ["", *("trained from " + step for step in ("0", "8", "16", "24"))], log.replace("\n", "").split(mark)
            )
            without = asked.replace(f',"mark":"{mark}"', "").replace("$DIR", directory)
            self.assertNotIn("===", speaking.converse(without.encode("utf-8"), "golden_two.py")[1])


if __name__ == "__main__":
    unittest.main()
