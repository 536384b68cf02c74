#!/usr/bin/env python3
"""serve_record_faults.py PROGRAM [POINTS]: a fault at the calls by which a running `minhu serve` writes, as people hand in words.

At one call after the other, counted from the first the process makes, it is killed, or told that the disk failed (EIO) or is
full (ENOSPC). Then it is started again without a fault, and everything is checked from outside: whoever was told that their
words are kept gets their proof; no two trees that were ever shown to a witness or published disagree; a reader of the files
that shares no code with the program finds the same root; and `minhu record audit` finds nothing.

POINTS (27: each call with each fault once) are spread over the life of the process; strace puts the faults in; ends with 77
where it cannot."""

import base64
import contextlib
import http.client
import http.server
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid

from failing_disk import SKIPPED, strace_works
from installation import Refused, Server, expect
from record_faults import FAULTS, fsck, root_of

PEOPLE = 4
CALLS = ["openat", "mkdir", "write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate", "unlink"]
PATIENCE = 60.0  # seconds until what was told must be proved


class Listener:
    """A witness that remembers every tree it is shown, and never signs one."""

    def __init__(self):
        self.seen = set()
        seen = self.seen

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                lines = self.rfile.read(int(self.headers["Content-Length"])).decode().split("\n\n", 1)[1].split("\n")
                seen.add((int(lines[1]), base64.b64decode(lines[2]).hex()))
                self.answer(500)

            def do_GET(self):
                self.answer(404)

            def answer(self, status):
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def command(program, *arguments):
    done = subprocess.run([str(program), *map(str, arguments)], capture_output=True, text=True, timeout=120)
    expect(done.returncode == 0, f"{' '.join(map(str, arguments[:2]))} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def made_county(program, scratch, address):
    data = scratch / "made"
    command(program, "init", "--data", data, "--region", "339901", "--name", "青溪县", "--organiser", "青溪县信访局",
            "--phone", "0579-00000000", "--origin", "faults.example/record")
    key = next(line for line in command(program, "record", "key", "--data", data).splitlines() if "faults.example/record+" in line)
    listener = next(
        line for line in command(program, "witness", "init", "--data", scratch / "w", "--name", "listener.example").splitlines()
        if "listener.example+" in line
    )
    verifier = re.search(r"\S+\+[0-9a-f]{8}\+\S+", listener)[0]
    policy = scratch / "policy"
    policy.write_text(f"log {re.search(r'[^ ]+[+][0-9a-f]{8}[+][^ ]+', key)[0]}\nwitness listener {verifier} {address}\nquorum none\n")
    command(program, "record", "policy", "--data", data, "--set", policy)
    return data


def proof_of(server, receipt):
    status, body = server.ask("GET", receipt["proof"], headers={"X-Query-Code": receipt["query_code"]})
    return status == 200 and b'"kind":"proof"' in body


def published(server):
    status, body = server.ask("GET", "/record/checkpoint")
    if status != 200:
        return None
    lines = body.decode().split("\n")
    return int(lines[1]), base64.b64decode(lines[2]).hex()


def tree_in(checkpoint):
    if not checkpoint.exists():
        return None
    lines = checkpoint.read_text().split("\n")
    return int(lines[1]), base64.b64decode(lines[2]).hex()


def largest(listener):
    return max((size for size, _ in set(listener.seen)), default=0)


def catch_up(program, data, listener):
    server = Server(program, data, ready_within=60)
    try:
        until = time.monotonic() + PATIENCE
        while (published(server) or (0, ""))[0] < largest(listener):
            expect(time.monotonic() < until, "what a witness was shown is not published")
            time.sleep(0.05)
    finally:
        expect(server.stop(within=60) == 0, "the end was not clean")


def people_come(server, told):
    """Each hands in words and looks for the proof for a moment; a server that ends answers nobody."""
    with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
        for _ in range(PEOPLE):
            status, receipt = server.file(str(uuid.uuid4()), timeout=5)
            if status == 201:
                told.append(receipt)
            if len(told) % 2:
                continue
            until = time.monotonic() + 0.5
            while told and time.monotonic() < until and not proof_of(server, told[-1]):
                time.sleep(0.05)


def ended(strace):
    """Ends the program that strace runs (strace itself waits for it, and hears no signal)."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(pathlib.Path(f"/proc/{strace.pid}/task/{strace.pid}/children").read_text()), how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return strace.wait(timeout=20)
    raise Refused("the program did not end")


def started(program, data, inject):
    """A server to which the fault happens: it, and whether it came so far as to serve."""
    server = Server.__new__(Server)
    try:
        server.__init__(program, data, before=["strace", "-f", "-o", "/dev/null", *inject], ready_within=20)
    except (Refused, OSError, http.client.HTTPException):
        return server, False
    return server, True


def counted(program, made, scratch):
    """How often the busiest thread makes each call when nothing goes wrong: strace counts each thread by itself."""
    data, trace = scratch / "counted", scratch / "trace"
    shutil.copytree(made, data)
    before = ["strace", "-f", "-o", str(trace), "-e", "trace=" + ",".join(CALLS)]
    server = Server(program, data, before=before)
    people_come(server, [])
    ended(server.process)
    shutil.rmtree(data)
    often = {}
    for line in trace.read_text(errors="replace").splitlines():
        made_call = re.match(r"(\d+) +(\w+)\(", line)
        if made_call:
            often.setdefault(made_call[2], {}).setdefault(made_call[1], 0)
            often[made_call[2]][made_call[1]] += 1
    return {call: max(often.get(call, {"": 0}).values()) for call in CALLS}


def points(counts, most):
    """As many of each call and fault as there are or as fall to its share, spread over the life of the process."""
    chosen = []
    rest = sorted(((counts[call], call, fault) for call in CALLS for fault in FAULTS if counts[call]))
    for left, (count, call, fault) in zip(range(len(rest), 0, -1), rest):
        share = min(count, max(1, round((most - len(chosen)) / left)))
        chosen += [(call, 1 + int((i + 0.5) * count / share), fault) for i in range(share)]
    return chosen, sum(counts.values()) * len(FAULTS)


def one(program, made, scratch, listener, call, when, fault):
    data = scratch / "data"
    shutil.copytree(made, data)
    told = []
    listener.seen.clear()
    try:
        hurt, serves = started(program, data, ["-e", f"trace={call}", "-e", f"inject={call}:{FAULTS[fault]}:when={when}"])
        if serves:
            people_come(hurt, told)
            with contextlib.suppress(OSError, http.client.HTTPException):
                if tree := published(hurt):
                    listener.seen.add(tree)
        code = ended(hurt.process) if serves else f"{ended(hurt.process)}, before it served"
        server = Server(program, data, ready_within=60)
        try:
            until = time.monotonic() + PATIENCE
            waiting = list(told)
            while waiting and time.monotonic() < until:
                waiting = [receipt for receipt in waiting if not proof_of(server, receipt)]
                time.sleep(0.05)
            expect(not waiting, f"{len(waiting)} of {len(told)} that were told have no proof")
        finally:
            expect(server.stop(within=60) == 0, "the end was not clean")
        # What a witness was shown in the last moment is published by the next start, at the latest.
        if largest(listener) > (tree_in(data / "record" / "checkpoint") or (0, ""))[0]:
            catch_up(program, data, listener)
        if tree := tree_in(data / "record" / "checkpoint"):
            listener.seen.add(tree)
            leaves = fsck(data / "record", *tree)
            for size, root in listener.seen:
                expect(size <= tree[0], f"a tree of {size} was shown, {tree[0]} are left")
                expect(root_of(leaves[:size]).hex() == root, f"two trees of size {size} were signed")
        command(program, "record", "audit", "--data", data)
        return code, len(told), len(listener.seen)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def main(program, most="27"):
    if not strace_works():
        print("skipped: strace cannot attach here")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="minhu-serve-faults-") as root:
        scratch = pathlib.Path(root)
        listener = Listener()
        made = made_county(program, scratch, listener.address)
        counts = counted(program, made, scratch)
        chosen, all_points = points(counts, int(most))
        ends, told, shown = {}, 0, 0
        for call, when, fault in chosen:
            try:
                code, acknowledged, trees = one(program, made, scratch, listener, call, when, fault)
            except Exception as broken:
                print(f"{fault} at {call} {when}: {broken}")
                return 1
            ends[(fault, str(code))] = ends.get((fault, str(code)), 0) + 1
            told += acknowledged
            shown += trees
        print(f"calls of the busiest thread: {counts}")
        for (fault, code), often in sorted(ends.items()):
            print(f"{fault}: {often} times ended with {code}")
        print(f"{len(chosen)} of {all_points} points of minhu serve: 0 forks in {shown} trees, 0 of {told} acknowledged lost, the audit is clean")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
