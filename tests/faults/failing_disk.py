#!/usr/bin/env python3
"""failing_disk.py PROGRAM: the disk says EIO while a matter is made durable. The process ends with 70 within a second
and acknowledges nothing more; the next start is clean.

strace puts the error in; ends with 77 where it cannot."""

import contextlib
import http.client
import json
import shutil
import subprocess
import sys
import threading
import time
import uuid

from installation import Server, demo_county, expect, once_each, rebuild_is_equal

SKIPPED = 77
ENDED_BY_A_FAILING_DISK = 70
# The calls by which SQLite writes; the error comes to every one of them from the moment it begins.
FAULTS = {
    "the sync fails": "fsync,fdatasync",
    "the write fails": "pwrite64",
}


def strace_works():
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-f", "-e", "trace=fsync", "true"], capture_output=True).returncode == 0


def one(program, data, calls, told):
    server = Server(program, data)
    try:
        for _ in range(5):
            key = str(uuid.uuid4())
            status, answer = server.file(key)
            expect(status == 201, f"before: {status}")
            told[key] = answer["number"]
        strace = subprocess.Popen(
            ["strace", "-f", "-p", str(server.process.pid), "-e", f"trace={calls}", "-e", f"inject={calls}:error=EIO"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        attached = strace.stderr.readline()  # once it holds every thread
        expect("attached" in attached, f"strace did not attach: {attached}")
        threading.Thread(target=strace.stderr.read, daemon=True).start()
        asked = time.monotonic()
        # The program writes by itself too (figures, watches): whichever write comes first ends it.
        for _ in range(3):
            with contextlib.suppress(OSError, http.client.HTTPException, json.JSONDecodeError):
                status, _ = server.file(str(uuid.uuid4()))
                expect(not 200 <= status < 300, f"acknowledged with {status} on a failing disk")
        ended = server.process.wait(timeout=10)
        took = time.monotonic() - asked
        strace.wait(timeout=10)
        expect(ended == ENDED_BY_A_FAILING_DISK, f"the process ended with {ended}")
        expect(took <= 1.0, f"the process ended after {took:.2f} s")
        return took
    finally:
        server.kill()


def main(program):
    if not strace_works():
        print("skipped: strace cannot attach here")
        return SKIPPED
    told = {}
    with demo_county(program) as data:
        for what, calls in FAULTS.items():
            took = one(program, data, calls, told)
            print(f"{what}: ended with {ENDED_BY_A_FAILING_DISK} after {took:.2f} s")
            server = Server(program, data)
            try:
                key = str(uuid.uuid4())
                status, answer = server.file(key)
                expect(status == 201, f"after the restart: {status}")
                told[key] = answer["number"]
            finally:
                expect(server.stop() == 0, "the end was not clean")
            once_each(told, data)
        rebuild_is_equal(program, data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
