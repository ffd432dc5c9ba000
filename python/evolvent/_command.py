"""The command ``evolvent``, which is written in Java: hands over to the launcher that lies in this package."""

import os
import sys


def main() -> None:
    """Become the command, with this program's arguments; or say why not and exit."""
    package = os.path.dirname(os.path.abspath(__file__))
    clone = os.path.dirname(os.path.dirname(package))  # For an installation with `pip install --editable`.
    for home in (os.path.join(package, "_home"), clone):
        launcher = os.path.join(home, "bin", "evolvent")
        if os.path.isfile(launcher):
            try:
                os.execv("/bin/sh", ["sh", launcher, *sys.argv[1:]])
            except FileNotFoundError:
                sys.exit("evolvent: the command needs Linux, macOS, or another system that has /bin/sh.")
    sys.exit(
        "evolvent: this package was built from sources and has the SDK for trainers only.\n"
        "Maybe call bin/evolvent of the clone that it was built from, or install the wheel of a release."
    )
