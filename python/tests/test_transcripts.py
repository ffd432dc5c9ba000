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


if __name__ == "__main__":
    unittest.main()
