"""The SDK answers the golden transcripts, word for word."""

import glob
import os
import tempfile
import unittest

import speaking


class TranscriptsTest(unittest.TestCase):
    def test_every_transcript(self) -> None:
        names = sorted(glob.glob(os.path.join(speaking.ROOT, "protocol", "v1", "transcripts", "*.txt")))
        self.assertGreaterEqual(len(names), 2)
        for name in names:
            with self.subTest(os.path.basename(name)), tempfile.TemporaryDirectory() as directory:
                with open(name, encoding="utf-8") as file:
                    lines = file.read().replace("$DIR", directory).splitlines()
                requests = "".join(line[2:] + "\n" for line in lines if line.startswith("> "))
                expected = [line[2:] for line in lines if line.startswith("< ")]
                answers, log, code = speaking.converse(requests.encode("utf-8"))
                self.assertEqual(expected, answers, log)
                self.assertEqual(0, code)


if __name__ == "__main__":
    unittest.main()
