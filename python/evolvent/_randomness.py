"""The global random generators of this process."""

import random
import sys


def seed_globals(seed: int) -> None:
    """Seed the global generators of ``random`` and, where they are loaded, of NumPy and PyTorch.

    ``seed`` is from 0 to 2**31 - 1.
    """
    random.seed(seed)
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    if numpy is not None:
        numpy.random.seed(seed)
    if torch is not None:
        torch.manual_seed(seed)
