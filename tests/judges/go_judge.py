#!/usr/bin/env python3
"""Go's golang.org/x/mod reads our trees, proofs and notes, and we read its. go_judge.py MERKLE_JUDGE

Needs Debian's golang-go and golang-golang-x-mod-dev; without them it says so and is skipped (77).
JUDGE_TREES random trees (8) of up to 2,000 entries beside the fixed ones; JUDGE_SEED repeats a run.
"""
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
GOPATH = "/usr/share/gocode"
SKIPPED = 77


def main(ours):
    if not shutil.which("go") or not pathlib.Path(GOPATH, "src/golang.org/x/mod").is_dir():
        print("skipped: golang-go and golang-golang-x-mod-dev are not installed")
        return SKIPPED
    seed = os.environ.get("JUDGE_SEED") or str(random.randrange(2**31))
    trees = os.environ.get("JUDGE_TREES", "8")
    print(f"JUDGE_SEED={seed} JUDGE_TREES={trees}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        theirs = f"{folder}/judge"
        environment = dict(os.environ, GO111MODULE="off", GOPATH=GOPATH, GOFLAGS="",
                           GOCACHE=f"{folder}/cache")
        subprocess.run(["go", "build", "-o", theirs, str(HERE / "go" / "judge.go")], check=True,
                       env=environment)
        for writer, reader, what in ((ours, theirs, "Go reads ours"), (theirs, ours, "we read Go's")):
            subprocess.run([writer, "write", f"{folder}/lines", seed, trees], check=True)
            print(what, end=": ", flush=True)
            if subprocess.run([reader, "check", f"{folder}/lines"]).returncode != 0:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
