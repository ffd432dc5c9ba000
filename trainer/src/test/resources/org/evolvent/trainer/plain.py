"""A program that knows nothing of Evolvent: it has options, and resumes and saves."""

import argparse
import json
import os
import shutil
import subprocess
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float)
parser.add_argument("--text", default="")
parser.add_argument("--resume")
parser.add_argument("--save")
parser.add_argument("--steps", type=int)
parser.add_argument("--metrics")
parser.add_argument("--way", default="")
options = parser.parse_args()

score = 0.0
if options.resume:
    with open(os.path.join(options.resume, "score")) as file:
        score = float(file.read())
score += options.lr * options.steps
print("trained", options.steps, "steps")
if options.way == "fail":
    sys.exit("out of luck")
if options.way == "full disk":
    with open("/dev/full", "w") as file:
        file.write("there is no room")
if options.way == "orphan":
    child = subprocess.Popen(["sleep", "3600"], start_new_session=True)
    score = child.pid
if options.way != "no checkpoint":
    with open(os.path.join(options.save, "score"), "w") as file:
        file.write(repr(score))
    with open(os.path.join(options.save, "text"), "w", newline="") as file:
        file.write(options.text)
    with open(os.path.join(options.save, "environment"), "w") as file:
        json.dump({name: text for name, text in os.environ.items() if name.startswith("EVOLVENT_")}, file)
    shutil.copyfile(os.environ["EVOLVENT_HYPERPARAMETERS_JSON"], os.path.join(options.save, "hyperparameters"))
if options.way == "no directory":
    shutil.rmtree(options.save)
if options.way == "link":
    os.symlink("/etc", os.path.join(options.save, "link"))
if options.way == "pipe for metrics":
    os.mkfifo(options.metrics)
elif options.way != "no metrics":
    with open(options.metrics, "w") as file:
        file.write("{not JSON" if options.way == "bad metrics" else json.dumps({"score": score, "loss": float("nan")}))
