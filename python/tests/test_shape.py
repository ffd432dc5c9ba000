"""What the package looks like from outside, and that its modules stand in an order."""

import ast
import glob
import graphlib
import inspect
import os
import re
import subprocess
import sys
import unittest

import speaking

import evolvent

PACKAGE = os.path.join(speaking.ROOT, "python", "evolvent")


class ShapeTest(unittest.TestCase):
    def test_no_import_circle(self) -> None:
        imports: dict[str, set[str]] = {}
        for path in glob.glob(os.path.join(PACKAGE, "*.py")):
            with open(path, encoding="utf-8") as file:
                tree = ast.parse(file.read())
            froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 1]
            module = os.path.splitext(os.path.basename(path))[0]
            imports[module] = {node.module or alias.name for node in froms for alias in node.names}
        self.assertIn("_serve", imports["__init__"])
        order = list(graphlib.TopologicalSorter(imports).static_order())
        self.assertEqual("__init__", order[-1])

    def test_all_that_is_public_is_documented(self) -> None:
        missing = []
        for name in evolvent.__all__:
            thing = getattr(evolvent, name)
            names = [(name, thing)]
            if inspect.isclass(thing):
                own = [(f"{name}.{key}", value) for key, value in vars(thing).items() if not key.startswith("_")]
                names += [pair for pair in own if inspect.isfunction(pair[1]) or isinstance(pair[1], property)]
            missing += [name for name, thing in names if not inspect.getdoc(thing)]
        self.assertEqual([], missing)

    def test_what_to_read_from_an_interval_is_documented(self) -> None:
        properties = {name for name, value in vars(evolvent.Interval).items() if isinstance(value, property)}
        self.assertEqual(
            {
                "hyperparameters",
                "seed",
                "reseed",
                "stream_seed",
                "fresh",
                "restore_from",
                "step",
                "steps",
                "steps_done",
                "seconds",
                "finishing",
                "save_to",
            },
            properties,
        )

    def test_the_version_is_that_of_the_repository(self) -> None:
        with open(os.path.join(speaking.ROOT, "pom.xml"), encoding="utf-8") as file:
            [revision] = re.findall("<revision>(.*)</revision>", file.read())
        self.assertEqual(revision.replace("-SNAPSHOT", ".dev0"), evolvent.__version__)
        self.assertRegex(evolvent.__version__, r"^\d+\.\d+\.\d+(\.dev0)?$")

    def test_an_older_python_is_refused_by_name(self) -> None:
        code = "import sys; sys.version_info, sys.version = (3, 9, 1), '3.9.1 (main)'; import evolvent"
        environment = {**os.environ, "PYTHONPATH": os.path.dirname(PACKAGE)}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
        self.assertIn("ImportError: evolvent needs Python 3.10 or newer, but this is 3.9.1", done.stderr)


if __name__ == "__main__":
    unittest.main()
