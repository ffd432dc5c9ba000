#!/usr/bin/env python3
"""Repeats what the paper claims: runs the studies that are missing, and writes tables and pictures.

It can be stopped or killed at any moment and goes on when it is called again: a study that was interrupted is resumed,
and a result that is there is never made anew.
"""

import argparse
import pathlib
import signal
import subprocess
import sys

import claims
import jobs
import pictures
import tables


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "claims",
        nargs="*",
        metavar="CLAIM",
        help=f"which: {', '.join(claims.NAMES)}; by default all",
    )
    parser.add_argument("--dir", type=pathlib.Path, default=jobs.ROOT / "evolvent-runs" / "paper", help="where runs go")
    parser.add_argument("--results", type=pathlib.Path, help="where results go; by default results.jsonl in --dir")
    parser.add_argument("--seeds", type=int, help="so many seeds instead of as many as the tables have")
    parser.add_argument("--short", action="store_true", help="seconds instead of hours: two seeds of small studies")
    parser.add_argument("--only-tables", action="store_true", help="run nothing; tables of the results that are there")
    parser.add_argument(
        "--document",
        type=pathlib.Path,
        metavar="FILE",
        help="put the tables into this file, each between <!-- CLAIM --> and <!-- end -->",
    )
    given = parser.parse_args()
    unknown = [name for name in given.claims if name not in claims.NAMES]
    if unknown:
        parser.error(f"the claim is {unknown[0]!r} but must be one of {', '.join(claims.NAMES)}")
    if given.seeds is not None and given.seeds < 2:
        parser.error(f"--seeds is {given.seeds} but must be at least 2: one seed has no interval")
    if given.document and not given.document.is_file():
        parser.error(f"--document is {given.document} but there is no such file")
    chosen = [each for each in claims.of(given.short, given.seeds) if not given.claims or each.name in given.claims]
    place = jobs.Place(given.dir, given.results or given.dir / "results.jsonl")
    missing = {each.name: why for each in chosen if not given.only_tables and (why := each.missing())}
    present = [each for each in chosen if each.name not in missing]
    for name, why in missing.items():
        print(f"Left out: {name}: {why}", file=sys.stderr)
    if not given.only_tables:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # A study that runs ends with it, as by Ctrl-C.
        try:
            place.run([job for each in present for job in each.studies()])
        except KeyboardInterrupt:
            print("\nStopped; call it again to go on.", file=sys.stderr)
            return 130
        except subprocess.CalledProcessError as failure:
            print(f"\n{' '.join(map(str, failure.cmd))}\nended with {failure.returncode}.", file=sys.stderr)
            return 1
    made = {each.name: each.table(place) for each in present if any(place.result(job) for job in each.studies())}
    for name, lines in made.items():
        print(f"\n## {name}\n")
        print("\n".join(lines))
    if given.document:
        tables.put(given.document, made)
    pictures.draw(place, present)
    return 2 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
