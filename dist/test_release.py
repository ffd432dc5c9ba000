"""Installs what `mvn -Pdist package` made, each in an empty directory, and uses it as a stranger would who reads the README.

By hand, after that:

    python3 dist/test_release.py
"""

import glob
import json
import os
import platform
import re
import shlex
import subprocess
import sys
import tarfile
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = os.path.join(ROOT, "dist", "target")
PATIENCE_SECONDS = 300


def read(*names: str) -> str:
    with open(os.path.join(*names), encoding="utf-8") as file:
        return file.read()


[VERSION] = re.findall("<revision>(.*)</revision>", read(ROOT, "pom.xml"))
NAME = f"evolvent-{VERSION}"


def first_commands() -> str:
    """Return what the README tells its readers to call first."""
    [commands] = re.findall("^## Try it\n(?:.*\n)*?```sh\n((?:.*\n)*?)```$", read(ROOT, "README.md"), re.MULTILINE)[:1]
    return commands


class ReleaseTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="evolvent-release-")
        self.addCleanup(directory.cleanup)
        self.place = directory.name
        os.mkdir(os.path.join(self.place, "home"))

    def call(self, command: str, bin: str = "", path: str = os.environ["PATH"], code: int = 0) -> str:
        """Call a command line in the empty directory, in an environment that knows nothing of this repository."""
        environment = {"HOME": os.path.join(self.place, "home"), "PATH": os.pathsep.join(filter(None, (bin, path)))}
        if "JAVA_HOME" in os.environ:
            environment["JAVA_HOME"] = os.environ["JAVA_HOME"]
        done = subprocess.run(
            ["sh", "-ec", command],
            cwd=self.place,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        self.assertEqual(code, done.returncode, f"{command}\n{done.stdout}")
        return done.stdout

    def unpack(self) -> str:
        """Unpack the archive and return its directory of programs."""
        self.call(f"tar xzf {shlex.quote(os.path.join(TARGET, NAME))}.tar.gz")
        self.assertEqual({"home", NAME}, set(os.listdir(self.place)))
        return os.path.join(self.place, NAME, "bin")

    def install(self) -> str:
        """Install the wheel into an environment of its own and return its directory of programs."""
        [wheel] = glob.glob(os.path.join(TARGET, "evolvent-*.whl"))
        python = shlex.quote(sys.executable)
        self.call(f"{python} -m venv --without-pip venv")
        self.call(f"{python} -m pip --isolated --python venv/bin/python install --no-index {shlex.quote(wheel)}")
        return os.path.join(self.place, "venv", "bin")

    def try_it(self, bin: str) -> None:
        """Do what the README says first, and look at what came of it."""
        self.assertRegex(self.call("evolvent --version", bin), rf"^evolvent {re.escape(VERSION)}( \(commit .*\))?\n")
        self.assertIn("evolvent run", first_commands())
        self.call(first_commands(), bin)
        [run] = os.listdir(os.path.join(self.place, "evolvent-runs"))
        best = json.loads(self.call(f"evolvent status evolvent-runs/{run} --json", bin).splitlines()[-1])["best"]
        self.assertGreater(best["score"], 0.9)

    def test_the_archive(self) -> None:
        bin = self.unpack()
        self.try_it(bin)
        examples = os.path.join(NAME, "examples")
        short = "--set population=4 --set budget.steps=40"
        self.assertIn("Q", self.call(f"evolvent run {examples}/toy/study.yaml {short}", bin))
        self.call(f"evolvent run {examples}/plain-command/moons.yaml {short} --set interval.steps=20", bin)
        if (platform.system(), platform.machine()) == ("Linux", "x86_64"):
            self.call(f"evolvent run {examples}/digits/study.yaml {short}", bin)

    def test_both_archives_hold_the_same(self) -> None:
        with tarfile.open(os.path.join(TARGET, NAME + ".tar.gz")) as archive:
            tar = {member.name: member.mode & 0o111 for member in archive if member.isfile()}
        with zipfile.ZipFile(os.path.join(TARGET, NAME + ".zip")) as archive:
            zip = {file.filename: file.external_attr >> 16 & 0o111 for file in archive.infolist() if not file.is_dir()}
        self.assertEqual(tar, zip)
        self.assertEqual({f"{NAME}/bin/evolvent": 0o111}, {name: mode for name, mode in tar.items() if mode})
        self.assertIn(f"{NAME}/share/man/man1/evolvent.1", tar)
        self.assertIn(f"{NAME}/lib/evolvent-cli-{VERSION}.jar", tar)

    def test_the_wheel(self) -> None:
        bin = self.install()
        self.try_it(bin)
        self.assertEqual(
            VERSION.replace("-SNAPSHOT", ".dev0"),
            self.call("python3 -c 'import evolvent; print(evolvent.__version__)'", bin).strip(),
        )
        self.assertTrue(os.path.exists(os.path.join(self.place, "venv", "share", "man", "man1", "evolvent.1")))

    def test_the_wheel_in_an_environment_that_is_not_active(self) -> None:
        evolvent = os.path.join(self.install(), "evolvent")
        self.call(f"{evolvent} init first\n{evolvent} run first/study.yaml --set budget.steps=200")

    def test_without_java_it_says_how_to_get_one(self) -> None:
        bin = self.unpack()
        # In a room where the usual place is empty; also what /usr/bin/java leads to.
        hide = "unshare --mount --map-root-user"
        if subprocess.run([*hide.split(), "mount", "-t", "tmpfs", "none", "/usr/lib/jvm"], capture_output=True).returncode:
            self.skipTest("nothing can be hidden here")
        command = f"unset JAVA_HOME; {hide} sh -c 'mount -t tmpfs none /usr/lib/jvm; exec {bin}/evolvent --version'"
        said = self.call(command, path="/usr/bin:/bin", code=1)
        self.assertIn("needs Java 17 or newer", said)
        self.assertIn("apt install", said)

    def test_what_is_published_is_complete(self) -> None:
        modules = {}
        for pom in glob.glob(os.path.join(ROOT, "*", "target", ".flattened-pom.xml")):
            directory = os.path.dirname(os.path.dirname(pom))
            if "<maven.deploy.skip>true" not in read(directory, "pom.xml"):
                modules[os.path.basename(directory)] = ElementTree.parse(pom).getroot()
        self.assertIn("core", modules)
        space = {"m": "http://maven.apache.org/POM/4.0.0"}
        for name, pom in modules.items():
            self.assertEqual(f"evolvent-{name}", pom.findtext("m:artifactId", namespaces=space))
            self.assertEqual(VERSION, pom.findtext("m:version", namespaces=space))
            self.assertIsNone(pom.find("m:parent", space))
            text = ElementTree.tostring(pom, encoding="unicode")
            self.assertNotIn("${", text.replace("${project.version}", ""))  # Which the BOM may say of itself.
            for path in (
                "name description url licenses/license/name licenses/license/url developers/developer/name "
                "scm/url scm/connection"
            ).split():
                where = "/".join(f"m:{part}" for part in path.split("/"))
                self.assertTrue(pom.findtext(where, namespaces=space), f"{name} has no {path}")
            for kind in () if name == "bom" else ("", "-sources", "-javadoc"):
                place = os.path.join(ROOT, name, "target", "dist" if kind else "")
                self.assertTrue(os.path.exists(os.path.join(place, f"evolvent-{name}-{VERSION}{kind}.jar")), name + kind)
        listed = [found.text for found in modules.pop("bom").iterfind(".//m:dependency/m:artifactId", space)]
        self.assertEqual(sorted(f"evolvent-{name}" for name in modules), sorted(listed), "what the BOM lists")


if __name__ == "__main__":
    unittest.main(verbosity=2)
