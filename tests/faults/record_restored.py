#!/usr/bin/env python3
"""record_restored.py PROGRAM: yesterday's database is put back beside today's published record. The record signs nothing
more and says what disproves it; people's words are kept and promised all the same."""

import contextlib
import pathlib
import shutil
import subprocess
import sys
import time
import uuid

from installation import Server, database_of, demo_county, expect


def status_of(program, data):
    done = subprocess.run([str(program), "record", "status", "--data", str(data)], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def published(server):
    status, body = server.ask("GET", "/record/checkpoint")
    return int(body.split(b"\n")[1]) if status == 200 else 0


def published_in(data):
    """Of a server that has ended: it may have published once more after it was asked for the last time."""
    return int((pathlib.Path(data) / "record" / "checkpoint").read_text().split("\n")[1])


def wait_for(what, server, within=60.0):
    deadline = time.monotonic() + within
    while not what(server):
        expect(time.monotonic() < deadline, "the record did not come so far in time")
        time.sleep(0.1)


def file_one(server):
    status, receipt = server.file(str(uuid.uuid4()))
    expect(status == 201, f"intake says {status}")
    return receipt


def proved(server, receipt):
    status, body = server.ask("GET", receipt["proof"], headers={"X-Query-Code": receipt["query_code"]})
    return status == 200 and b'"kind":"proof"' in body


def main(program):
    with demo_county(program) as data:
        server = Server(program, data)
        receipt = file_one(server)
        wait_for(lambda it: proved(it, receipt), server)
        expect(server.stop() == 0, "the end was not clean")
        first = published_in(data)
        yesterday = pathlib.Path(data) / "yesterday.db"
        shutil.copy(database_of(data), yesterday)

        server = Server(program, data)
        receipt = file_one(server)
        wait_for(lambda it: proved(it, receipt), server)
        expect(server.stop() == 0, "the end was not clean")
        second = published_in(data)
        expect(second > first, "nothing more was published")

        shutil.copy(yesterday, database_of(data))
        for beside in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                pathlib.Path(f"{database_of(data)}{beside}").unlink()
        server = Server(program, data)
        for _ in range(3):
            receipt = file_one(server)
            expect("minhu-promise/v1" in receipt.get("promise", ""), "no promise")
        time.sleep(3)
        expect(published(server) == second, "another checkpoint was published")
        expect(not proved(server, receipt), "a proof in a tree that must not be")
        code, said = status_of(program, data)
        expect(code == 1, f"status ended with {code}: {said}")
        expect("stopped" in said and "checkpoint" in said, f"it does not say what disproves it: {said}")
        expect(server.stop() == 0, "the end was not clean")
        audited = subprocess.run([str(program), "record", "audit", "--data", str(data)], capture_output=True, text=True, timeout=300)
        expect(audited.returncode == 1, "the audit does not see that a published checkpoint is not of this tree")
        print([line for line in said.splitlines() if line.startswith("state")][0])
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
