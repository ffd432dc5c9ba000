"""The package can be installed without a network."""

import os
import subprocess
import sys
import tempfile
import unittest

import speaking


class InstallTest(unittest.TestCase):
    def test_pip_installs_it_offline(self) -> None:
        with tempfile.TemporaryDirectory() as target:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check"]
            done = subprocess.run(
                [*pip, "--target", target, os.path.join(speaking.ROOT, "python")],
                capture_output=True,
                text=True,
                timeout=10 * speaking.PATIENCE_SECONDS,
            )
            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
            code = (
                "import evolvent, os; print(evolvent.__version__, os.path.exists(evolvent.__path__[0] + '/py.typed'))"
            )
            environment = {**os.environ, "PYTHONPATH": target}
            out = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=target
            )
            self.assertEqual("0.1.0 True", out.stdout.strip(), out.stderr)


if __name__ == "__main__":
    unittest.main()
