"""Puts the command into a wheel that is made of a release; without one the wheel holds the SDK only."""

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOME = "EVOLVENT_HOME"
"""Names the directory of a release that was unpacked."""


class Command(BuildHookInterface):
    """Adds what bin/evolvent needs, where ``evolvent._command`` looks for it, and what shells and man look for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        home = os.environ.get(HOME)
        if home and self.target_name == "wheel":
            for name in ("VERSION", "bin", "lib", "python"):
                build_data["force_include"][os.path.join(home, name)] = f"evolvent/_home/{name}"
            build_data["shared_data"][os.path.join(home, "share")] = "share"
