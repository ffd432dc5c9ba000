"""The images of Fashion-MNIST, from the files that Debian's package installs."""

import gzip
import os
from typing import NamedTuple

import torch

FOLDER = os.environ.get("FASHION_MNIST", "/usr/share/datasets/fashion-mnist")
VALIDATION = 10_000
"""Images of the 60,000 for training that are held out to compare models by."""


class Images(NamedTuple):
    """Images of 1 x 28 x 28 bytes, and what is on each: one of ten kinds of clothes."""

    pixels: torch.Tensor
    labels: torch.Tensor


def read(name: str, dimensions: int) -> torch.Tensor:
    """Read a file in the format of MNIST: a big-endian head, then bytes."""
    path = os.path.join(FOLDER, name)
    try:
        with gzip.open(path) as file:
            data = file.read()
    except FileNotFoundError:
        raise SystemExit(
            f"Fashion-MNIST is not here: there is no {path}.\n"
            "Maybe: apt-get install dataset-fashion-mnist, or let FASHION_MNIST name a folder with its four .gz files"
        ) from None
    head = [int.from_bytes(data[4 * i : 4 * i + 4], "big") for i in range(1 + dimensions)]
    if head[0] != 0x0800 + dimensions:
        raise SystemExit(
            f"{path} begins with {head[0]:#x} but must begin with {0x0800 + dimensions:#x}: it is no such file"
        )
    return torch.frombuffer(bytearray(data[4 + 4 * dimensions :]), dtype=torch.uint8).reshape(head[1:])


def load(part: str) -> Images:
    """Return the images of a part: ``train`` (50,000), ``validation`` (10,000) or ``test`` (10,000)."""
    prefix = "t10k" if part == "test" else "train"
    pixels = read(f"{prefix}-images-idx3-ubyte.gz", 3).unsqueeze(1)
    labels = read(f"{prefix}-labels-idx1-ubyte.gz", 1).long()
    chosen = {"train": slice(0, -VALIDATION), "validation": slice(-VALIDATION, None), "test": slice(None)}[part]
    return Images(pixels[chosen], labels[chosen])
