#!/usr/bin/env python3
"""record_faults.py RECORD_STEPS [POINTS]: a fault at every call by which the record and its database write.

At one call after the other the process is killed, or told that the disk failed (EIO) or is full (ENOSPC). Then it is
started again, takes in what is left, and everything is checked: nobody who was told that their words are kept has lost
their leaf; no two checkpoints that ever left the process disagree; the audit finds nothing; and a reader of the files that
shares no code with the program (hashlib, below) computes the same root.

POINTS (60) are spread evenly over all calls and faults; strace puts the faults in; ends with 77 where it cannot."""

import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

from failing_disk import SKIPPED, strace_works

CASES = 7
CALLS = ["openat", "mkdir", "write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate", "unlink"]
FAULTS = {"killed": "signal=KILL", "the disk fails": "error=EIO", "the disk is full": "error=ENOSPC"}
ENDED_BY_A_FAILING_DISK = 70


class Broken(Exception):
    pass


def expect(held, what):
    if not held:
        raise Broken(what)


def run(program, folder, *arguments, before=()):
    return subprocess.run(
        [*before, str(program), str(folder), *arguments], capture_output=True, text=True, timeout=120
    )


def lines_of(output, word):
    return [line.split()[1:] for line in output.splitlines() if line.startswith(word + " ")]


# ---- a reader of the public files that knows nothing of the program


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(root_of(leaves[:split]), root_of(leaves[split:]))


def entries_in(folder, size):
    entries = []
    for bundle in range((size + 255) // 256):
        width = min(256, size - bundle * 256)
        path = folder / "tile" / "entries" / f"{bundle:03d}"
        data = (path if width == 256 else pathlib.Path(f"{path}.p/{width}")).read_bytes()
        while data:
            length = int.from_bytes(data[:2], "big")
            entries.append(data[2 : 2 + length])
            data = data[2 + length :]
    expect(len(entries) == size, f"{len(entries)} entries for a tree of {size}")
    return entries


def fsck(folder, size, root):
    """The files of the tree of that size give that root, and the tiles hold the hashes of the entries."""
    leaves = [hashlib.sha256(b"\x00" + entry).digest() for entry in entries_in(folder, size)]
    expect(root_of(leaves).hex() == root, f"the files of size {size} give another root")
    for first in range(0, size, 256):
        width = min(256, size - first)
        path = folder / "tile" / "0" / f"{first // 256:03d}"
        tile = (path if width == 256 else pathlib.Path(f"{path}.p/{width}")).read_bytes()
        expect(tile == b"".join(leaves[first : first + width]), f"tile {path} holds other hashes")
    return leaves


# ---- one fault


def clean_run_counts(program, made, scratch):
    """How often each call is made when nothing goes wrong."""
    folder = scratch / "counted"
    shutil.copytree(made, folder)
    trace = scratch / "trace"
    done = run(program, folder, "write", str(CASES), before=["strace", "-f", "-o", str(trace), "-e", "trace=" + ",".join(CALLS)])
    expect(done.returncode == 0, f"without a fault it ended with {done.returncode}: {done.stderr}")
    text = trace.read_text(errors="replace")
    shutil.rmtree(folder)
    return {call: text.count(f" {call}(") for call in CALLS}


def one(program, made, scratch, call, when, fault):
    folder = scratch / "data"
    shutil.copytree(made, folder)
    try:
        inject = f"inject={call}:{FAULTS[fault]}:when={when}"
        hurt = run(program, folder, "write", str(CASES), before=["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject])
        told = {case for (case,) in lines_of(hurt.stdout, "told")}
        sent = {(int(size), root) for size, root in lines_of(hurt.stdout, "sent")}
        # Twice: what the first start mends, the second must find whole.
        for _ in range(2):
            after = run(program, folder, "finish")
            expect(after.returncode == 0, f"the next start ended with {after.returncode}: {after.stderr[-500:]}")
            expect(not lines_of(after.stdout, "standing"), f"the next start does not go well: {after.stdout}")
            expect(not lines_of(after.stdout, "finding"), f"the audit finds something: {after.stdout}")
            sent |= {(int(size), root) for size, root in lines_of(after.stdout, "sent")}
        ((size, root),) = lines_of(after.stdout, "signed")
        ((published,),) = lines_of(after.stdout, "published")
        expect(size == published, f"signed {size}, published {published}")
        proved = {case for case, _ in lines_of(after.stdout, "proved")}
        expect(told <= proved, f"{len(told - proved)} of {len(told)} that were told have no proof")
        leaves = fsck(folder / "record", int(size), root)
        for old_size, old_root in sent:
            expect(root_of(leaves[:old_size]).hex() == old_root, f"two trees of size {old_size} were signed")
        return hurt.returncode, len(told)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def points(counts, most):
    every = [
        (call, when, fault) for fault in FAULTS for call in CALLS for when in range(1, counts[call] + 1)
    ]
    step = max(1.0, len(every) / most)
    return [every[int(i * step)] for i in range(min(most, len(every)))], len(every)


def main(program, most="60"):
    if not strace_works():
        print("skipped: strace cannot attach here")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="minhu-record-faults-") as root:
        scratch = pathlib.Path(root)
        made = scratch / "made"
        made.mkdir()
        expect(run(program, made, "make").returncode == 0, "the county could not be made")
        counts = clean_run_counts(program, made, scratch)
        chosen, all_points = points(counts, int(most))
        ends = {}
        told = 0
        for call, when, fault in chosen:
            try:
                code, acknowledged = one(program, made, scratch, call, when, fault)
            except Broken as broken:
                print(f"{fault} at {call} {when}: {broken}")
                return 1
            ends[(fault, code)] = ends.get((fault, code), 0) + 1
            told += acknowledged
        print(f"calls of a run: {counts}")
        for (fault, code), often in sorted(ends.items()):
            print(f"{fault}: {often} times ended with {code}")
        print(f"{len(chosen)} of {all_points} points: 0 forks, 0 of {told} acknowledged leaves lost, the audit is clean")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
