"""Starts a script once for each rank, as torchrun does: launcher.py RANKS SCRIPT [ARGUMENT...]."""

import os
import subprocess
import sys

size, script = int(sys.argv[1]), sys.argv[2]
ranks = [
    subprocess.Popen(
        [sys.executable, script, *sys.argv[3:]],
        env={
            **os.environ,
            "RANK": str(rank),
            "WORLD_SIZE": str(size),
            "LOCAL_WORLD_SIZE": os.environ.get("LOCAL_WORLD_SIZE", str(size)),
        },
    )
    for rank in range(size)
]
codes = []
for process in ranks:
    codes.append(process.wait())
    if codes[-1] != 0:
        for other in ranks:
            other.kill()
sys.exit(next((code for code in codes if code != 0), 0) & 0xFF)
