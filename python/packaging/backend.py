"""Builds the package with nothing but the standard library (PEP 517), so that ``pip install ./python`` needs no network."""

import base64
import hashlib
import os
import re
import tarfile
import zipfile
from typing import Any, Dict, List, Optional

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TAG = "py3-none-any"
EPOCH = (2026, 1, 1, 0, 0, 0)
"""The same sources give the same wheel, byte for byte."""


def _text(*path: str) -> str:
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def _field(name: str) -> str:
    match = re.search(rf'^{name} = "(.*)"$', _text("pyproject.toml"), re.MULTILINE)
    assert match is not None, f"pyproject.toml has no {name}"
    return match.group(1)


def _name() -> str:
    return f"{_field('name')}-{_field('version')}"


def _metadata() -> Dict[str, str]:
    """The files of the metadata folder, without the record."""
    folder = _name() + ".dist-info"
    head = [
        "Metadata-Version: 2.1",
        f"Name: {_field('name')}",
        f"Version: {_field('version')}",
        f"Summary: {_field('description')}",
        f"Requires-Python: {_field('requires-python')}",
        "License: Apache-2.0",
        "Classifier: Typing :: Typed",
        "Description-Content-Type: text/markdown",
    ]
    return {
        f"{folder}/METADATA": "\n".join(head) + "\n\n" + _text("README.md"),
        f"{folder}/WHEEL": f"Wheel-Version: 1.0\nGenerator: evolvent\nRoot-Is-Purelib: true\nTag: {TAG}\n",
    }


def _modules() -> List[str]:
    package = os.path.join(ROOT, "evolvent")
    return sorted(f"evolvent/{name}" for name in os.listdir(package) if name.endswith((".py", ".typed")))


def _write(directory: str, files: Dict[str, str]) -> str:
    name = f"{_name()}-{TAG}.whl"
    record = []
    with zipfile.ZipFile(os.path.join(directory, name), "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, text in files.items():
            data = text.encode("utf-8")
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{path},sha256={digest},{len(data)}\n")
            wheel.writestr(zipfile.ZipInfo(path, EPOCH), data)
        own = f"{_name()}.dist-info/RECORD"
        wheel.writestr(zipfile.ZipInfo(own, EPOCH), "".join(record) + f"{own},,\n")
    return name


def build_wheel(directory: str, settings: Optional[Any] = None, metadata: Optional[str] = None) -> str:
    """Write a wheel into a directory and return its name."""
    return _write(directory, {**{path: _text(path) for path in _modules()}, **_metadata()})


def build_editable(directory: str, settings: Optional[Any] = None, metadata: Optional[str] = None) -> str:
    """Write a wheel that points to the sources (PEP 660)."""
    return _write(directory, {"evolvent.pth": ROOT + "\n", **_metadata()})


def build_sdist(directory: str, settings: Optional[Any] = None) -> str:
    """Write an archive of the sources and return its name."""
    name = f"{_name()}.tar.gz"
    with tarfile.open(os.path.join(directory, name), "w:gz") as archive:
        for path in ["pyproject.toml", "README.md", "packaging/backend.py", *_modules()]:
            archive.add(os.path.join(ROOT, path), f"{_name()}/{path}")
    return name
