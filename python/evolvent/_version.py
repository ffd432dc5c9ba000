"""The version, which stands in one place for Java and Python: ``revision`` in the ``pom.xml`` of the repository."""

import os
import re

PLACES = {"pom.xml": "<revision>(.+?)</revision>", "VERSION": "(.+)"}
"""What lies beside ``python/`` in a clone and in a release, and how the version stands there."""


def version() -> str:
    """Return the version of the clone or the release that this package lies in, or else that which was installed."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    for name, pattern in PLACES.items():
        try:
            with open(os.path.join(root, name), encoding="utf-8") as file:
                found = re.search(pattern, file.read())
        except OSError:
            continue
        if found:
            return found[1].replace("-SNAPSHOT", ".dev0")  # As Python says it.
    import importlib.metadata  # Takes longer than the rest of the package, and is not needed where a file says it.

    return importlib.metadata.version("evolvent")
