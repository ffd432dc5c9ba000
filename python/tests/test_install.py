"""The package builds, and installs into an empty environment, without a network once its builder is there."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile

import speaking

import evolvent

PYTHON = os.path.join(speaking.ROOT, "python")
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--isolated", "--quiet"]
OFFLINE = ["--no-index", "--no-build-isolation", "--no-cache-dir"]


def run(*command: str, cwd: str = PYTHON) -> str:
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=cwd,
        env={name: text for name, text in os.environ.items() if name != "PYTHONPATH"},
        timeout=10 * speaking.PATIENCE_SECONDS,
    )
    if done.returncode:
        raise AssertionError(f"{' '.join(command)} exited with {done.returncode}:\n{done.stdout}")
    return done.stdout.strip()


@unittest.skipUnless(importlib.util.find_spec("hatchling"), "needs hatchling, which builds the package")
class InstallTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.place = directory.name

    def wheel_of(self, source: str, to: str) -> str:
        run(*PIP, "wheel", *OFFLINE, "--no-deps", "--wheel-dir", os.path.join(self.place, to), source)
        return os.path.join(self.place, to, f"evolvent-{evolvent.__version__}-py3-none-any.whl")

    def test_a_wheel_installs_into_an_empty_environment(self) -> None:
        before = sorted(os.listdir(PYTHON))
        wheel = self.wheel_of(PYTHON, "wheel")
        self.assertEqual(before, sorted(os.listdir(PYTHON)), "building leaves nothing behind")
        run(sys.executable, "-m", "venv", "--without-pip", os.path.join(self.place, "empty"))
        python = os.path.join(self.place, "empty", "bin", "python")
        run(*PIP, "--python", python, "install", "--no-index", wheel)
        use = "import evolvent, os; print(evolvent.__version__, os.listdir(evolvent.__path__[0]).count('py.typed'))"
        self.assertEqual(f"{evolvent.__version__} 1", run(python, "-c", use, cwd=self.place))

    def test_it_holds_the_modules_and_the_license_and_nothing_else(self) -> None:
        with zipfile.ZipFile(self.wheel_of(PYTHON, "wheel")) as wheel:
            names = [name for name in wheel.namelist() if ".dist-info/" not in name]
            [license] = [name for name in wheel.namelist() if name.endswith("/LICENSE")]
            with open(os.path.join(speaking.ROOT, "LICENSE"), "rb") as file:
                self.assertEqual(file.read(), wheel.read(license))
        sources = os.listdir(os.path.join(PYTHON, "evolvent"))
        self.assertEqual({f"evolvent/{name}" for name in sources if name != "__pycache__"}, set(names))

    def test_the_source_archive_gives_the_same_wheel(self) -> None:
        run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", self.place)
        archive = os.path.join(self.place, f"evolvent-{evolvent.__version__}.tar.gz")
        wheels = [self.wheel_of(PYTHON, "direct"), self.wheel_of(archive, "through-the-archive")]
        contents = []
        for path in wheels:
            with open(path, "rb") as file:
                contents.append(file.read())
        self.assertEqual(contents[0], contents[1])


if __name__ == "__main__":
    unittest.main()
