#!/usr/bin/env python3
"""Plants bugs, one at a time, and looks whether the tests catch them.

Each bug is a small change of the product's source that one could make by mistake. It is made in a copy of the checkout, the tests that
should notice are run there, and they must fail. Some 20 minutes on two cores for all; by hand, not in CI.

    python3 faults/planted.py              # all
    python3 faults/planted.py stale gap    # those whose names have one of these in them
    python3 faults/planted.py --list       # ends with 1 when one of them cannot be planted any more
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORE = "core/src/main/java/org/evolvent/core"
RUNTIME = "runtime/src/main/java/org/evolvent/runtime"
STORE = "store/src/main/java/org/evolvent/store"


class Bug(NamedTuple):
    name: str
    file: str
    right: str
    wrong: str
    modules: str
    tests: str


SIMULATION = ("core,runtime", "StudySimulationTest")
BUGS = [
    Bug("skip a commit", f"{RUNTIME}/driver/StudyDriver.java",
        "            events.append(batch.log());\n",
        "            if (batch.log().size() != 3) events.append(batch.log());\n", *SIMULATION),
    Bug("tell before it is committed", f"{RUNTIME}/driver/StudyDriver.java",
        "            events.append(batch.log());\n",
        "            listener.committed(fold::state, batch.log());\n            events.append(batch.log());\n",
        *SIMULATION),
    Bug("reuse an attempt's number", f"{CORE}/population/Member.java",
        "                attempt + 1,\n                faults +", "                attempt,\n                faults +", *SIMULATION),
    Bug("believe a late result", f"{RUNTIME}/driver/StudyDriver.java",
        "if (dispatcher.ended(report.attempt()) && fold.now().isCurrent(report.attempt()) && !wasCancelled) {",
        "dispatcher.ended(report.attempt());\n            if (!wasCancelled) {", *SIMULATION),
    Bug("collect a live checkpoint", f"{RUNTIME}/driver/Retention.java",
        "            parent.ifPresent(id -> action.accept(id, 1));\n", "", *SIMULATION),
    Bug("collect the best checkpoint", f"{RUNTIME}/driver/Retention.java",
        "            eachBest(after.best(), this::acquire);\n", "", *SIMULATION),
    Bug("delete before the log is synced", f"{RUNTIME}/driver/Collector.java",
        "        running = CompletableFuture.runAsync(events::sync, background);\n",
        "        running = CompletableFuture.completedFuture(null);\n", *SIMULATION),
    Bug("leave garbage behind", f"{RUNTIME}/driver/Retention.java",
        "        if (released.references == 0) {\n            collect(released);\n        }\n", "", *SIMULATION),
    Bug("rank NaN first", f"{CORE}/population/Objective.java",
        "Double.NEGATIVE_INFINITY", "Double.POSITIVE_INFINITY", "core,runtime", "ObjectiveTest,RankingTest,StudySimulationTest"),
    Bug("explore without a copy", f"{CORE}/strategy/Pbt.java",
        "            return new Decision.Continue(keep.reason(), keep.evidence());\n",
        "            Hyperparameters own = situation.point().hyperparameters();\n"
        "            Exploration varied = explore.explore(\n"
        "                    Handover.alone(situation.space(), situation.population(), situation.point()), random);\n"
        "            return random.chance(0.5)\n"
        "                    ? new Decision.Continue(keep.reason(), keep.evidence())\n"
        "                    : new Decision.Explore(own, varied.hyperparameters(), varied.reason(), varied.evidence());\n",
        "core", "PbtTest,StrategiesTest"),
    Bug("blame the trainer for its place", f"{RUNTIME}/driver/Reports.java",
        "Event.Fault.PLACE, lost.message()", "Event.Fault.TRAINER, lost.message()", *SIMULATION),
    Bug("let arrival order into a synchronous study", f"{RUNTIME}/driver/RoundOrder.java",
        "        this.synchronous = mode == Mode.SYNCHRONOUS;", "        this.synchronous = false;", *SIMULATION),
    Bug("let others copy what was lost", f"{CORE}/study/StudyState.java",
        "            Member next = member.without(lost, event.stranded().contains(member.id()), reason);",
        "            Member next = event.stranded().contains(member.id()) ? member.without(lost, true, reason) : member;",
        "core,runtime", "CheckpointsLostTest,StudySimulationTest"),
    Bug("keep a best model that was lost", f"{CORE}/study/StudyState.java",
        "            left = left.withBestOfRanked();\n", "", "core,runtime", "CheckpointsLostTest,StudySimulationTest"),
    Bug("forget the time of failed attempts", f"{CORE}/study/Facts.java",
        "            return ended(after, failed.execution());\n",
        "            return new Facts(definition, amendments, after, before, begun, latest, training.plus(failed.execution().training()));\n",
        *SIMULATION),
    Bug("forget the time of earlier processes", f"{RUNTIME}/driver/StudyDriver.java",
        ".plus(limit).minus(recovery.facts().elapsed())", ".plus(limit)", *SIMULATION),
    Bug("forget the resumption", f"{RUNTIME}/driver/Recovery.java",
        "        append(resumption(decider), listener);\n", "", *SIMULATION),
    Bug("do not wait for room on a full disk", f"{RUNTIME}/driver/Pause.java",
        "        return !now.isBefore(until) || now.isBefore(from);", "        return true;", "core,runtime", "PauseTest"),
    Bug("believe a stale snapshot", "testkit/src/main/java/org/evolvent/testkit/memory/InMemorySnapshotStore.java",
        "kept.filter(known -> chain.apply(known.snapshot.events()).equals(Optional.of(known.chain)))",
        "kept.filter(known -> chain.apply(known.snapshot.events()).isPresent())", "core,runtime,testkit",
        "InMemorySnapshotStoreTest,StudySimulationTest"),
    Bug("believe a stale snapshot on disk", f"{STORE}/internal/snapshot/SnapshotJson.java",
        "if (!chain.apply(events).equals(Optional.of(head.required(\"chain\").stringValue()))) {",
        "if (chain.apply(events).isEmpty()) {", "core,runtime,testkit,store",
        "FileSnapshotStoreTest"),
    Bug("reuse staging names", f"{STORE}/internal/file/Staging.java",
        "return new Staging(parent, Files.createTempDirectory(parent, process, PERMISSIONS));",
        "return new Staging(parent, Files.createDirectories(parent.resolve(\"0\"), PERMISSIONS));", "core,runtime,testkit,store",
        "ContentTest,SmallCheckpointsTest,StudySimulationOnDiskTest"),
    Bug("discard what somebody commits", f"{STORE}/internal/file/FileCheckpointStore.java",
        "if (pins.contains(id)) {", "if (false) {", "core,runtime,testkit,store", "FileCheckpointStoreTest"),
    Bug("restore what is damaged", f"{STORE}/internal/file/SmallFiles.java",
        "found.equals(manifest) ? Optional.empty()", "true ? Optional.empty()", "core,runtime,testkit,store", "SmallCheckpointsTest"),
    Bug("drop the tail of a damaged log in silence", f"{STORE}/internal/sqlite/WriteAheadLog.java",
        "        if (damage.isEmpty()) {\n            return Optional.empty();\n        }\n        try {\n            Path copy",
        "        if (damage.isPresent() || damage.isEmpty()) {\n            return Optional.empty();\n        }\n        try {\n            Path copy",
        "core,runtime,testkit,store", "WriteAheadLogTest"),
    Bug("leave a gap in the log", f"{STORE}/internal/sqlite/EventTable.java",
        "each.seq != read + 1) {", "each.seq < read) {", "core,runtime,testkit,store",
        "ChainTest,UpgradeTest"),
]


def run(bug: Bug, place: pathlib.Path) -> bool:
    """Returns whether the tests noticed."""
    file = place / bug.file
    source = file.read_text()
    if source.count(bug.right) < 1:
        raise SystemExit(f"{bug.name}: {bug.file} does not have the text to change any more:\n{bug.right}")
    file.write_text(source.replace(bug.right, bug.wrong, 1))
    try:
        maven = ["mvn", "-q", "-B", "-ntp", "-pl", bug.modules, "test", f"-Dtest={bug.tests}",
                 "-Dsurefire.failIfNoSpecifiedTests=false"]
        done = subprocess.run(maven, cwd=place, capture_output=True, text=True, timeout=1800, check=False)
        if done.returncode != 0 and "<<< FAILURE!" not in done.stdout:
            raise SystemExit(f"{bug.name}: the tests cannot run\n{done.stdout}")
        return done.returncode != 0
    finally:
        file.write_text(source)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=[""], help="parts of the names of the bugs to plant")
    parser.add_argument("--list", action="store_true", help="name the bugs, and those that cannot be planted any more, and end")
    arguments = parser.parse_args()
    chosen = [bug for bug in BUGS if any(part in bug.name for part in arguments.parts)]
    if arguments.list:
        stale = [bug.name for bug in chosen if bug.right not in (ROOT / bug.file).read_text()]
        print("\n".join(f"{bug.name}{' (its text is gone)' if bug.name in stale else ''}" for bug in chosen))
        sys.exit(1 if stale else 0)
    with tempfile.TemporaryDirectory() as directory:
        place = pathlib.Path(directory) / "planted"
        shutil.copytree(ROOT, place, ignore=shutil.ignore_patterns(".git", "target", "runs"))
        missed = []
        for bug in chosen:
            caught = run(bug, place)
            print(f"{'caught' if caught else 'MISSED'}: {bug.name}", flush=True)
            if not caught:
                missed.append(bug.name)
    print(f"{len(chosen) - len(missed)} of {len(chosen)} planted bugs were caught")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
