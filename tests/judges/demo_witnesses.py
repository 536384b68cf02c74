#!/usr/bin/env python3
"""What ./dev run starts: a demo county and three witnesses of its record, watched from outside with the real program.

demo_witnesses.py MINHU
A matter that is handed in is published with the signatures of two witnesses at least; with one of them away, too; with
two away nothing is published, nothing is refused, and all of it is published when one comes back.
"""
import os
import pathlib
import signal
import random
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "faults"))
from installation import Server, demo_county, expect

SCRIPT = """set -euo pipefail
source tools/dev/_witnesses.sh
trap stop_witnesses EXIT
start_witnesses "$1" "$2"
echo pids "${witness_pids[@]}"
read -r _ || true
"""


def free_ports(count):
    """The first of so many free ports in a row, below those that the system hands out by itself."""
    while True:
        first = random.randrange(20000, 30000)
        held = [socket.socket() for _ in range(count)]
        try:
            for offset, one in enumerate(held):
                one.bind(("127.0.0.1", first + offset))
            return first
        except OSError:
            continue
        finally:
            for one in held:
                one.close()


class Witnesses:
    def __init__(self, minhu, data, port):
        self.process = subprocess.Popen(["bash", "-c", SCRIPT, "witnesses", str(minhu), str(data)], cwd=ROOT, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env=dict(os.environ, WITNESS_PORT=str(port)))
        self.pids = []
        for line in self.process.stdout:
            if line.startswith("pids"):
                self.pids = [int(word) for word in line.split()[1:]]
                break
        expect(len(self.pids) == 3, "the three witnesses did not start")

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)


def note_of(server):
    status, body = server.ask("GET", "/record/checkpoint")
    lines = body.decode().split("\n") if status == 200 else ["", "0"]
    return int(lines[1]), [line.split()[1] for line in lines if line.startswith("— ")]


def published_after(server, size, within=30):
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        now, signers = note_of(server)
        if now > size:
            return now, signers
        time.sleep(0.1)
    return size, []


def settled(server, quiet=4):
    """The size that is published once nothing new comes: what was there before the record is taken over in pieces."""
    size, since = note_of(server)[0], time.monotonic()
    while time.monotonic() - since < quiet:
        time.sleep(0.2)
        now = note_of(server)[0]
        if now != size:
            size, since = now, time.monotonic()
    return size


def main(minhu):
    minhu = pathlib.Path(minhu).resolve()
    port = free_ports(3)
    with demo_county(minhu, cases=60) as data:
        witnesses = Witnesses(minhu, data, port)
        server = Server(minhu, data)
        try:
            def audit():
                return subprocess.run([str(minhu), "record", "audit", "--url", f"http://127.0.0.1:{server.port}/record/",
                                       "--policy", str(data / "witnesses/policy"), "--state", str(data / "monitor")],
                                      capture_output=True, text=True, timeout=120)

            size, signers = published_after(server, 0, 60)
            expect(size > 0 and len(signers) >= 3, f"published {size} with {signers}")
            looked = audit()
            expect(looked.returncode == 0 and "3 of 3 witnesses" in looked.stdout, looked.stdout + looked.stderr)

            size = settled(server)
            os.kill(witnesses.pids[0], signal.SIGKILL)
            expect(server.file("00000000-0000-4000-8000-000000000001")[0] == 201, "refused")
            size, signers = published_after(server, size)
            expect(len(signers) == 3, f"with one away: {size} {signers}")  # the record and two

            size = settled(server)
            os.kill(witnesses.pids[1], signal.SIGKILL)
            status, answer = server.file("00000000-0000-4000-8000-000000000002")
            expect(status == 201 and "minhu-promise/v1" in answer.get("promise", ""), f"{status} {answer}")
            time.sleep(4)
            expect(note_of(server)[0] == size, "published below the quorum")

            witnesses.stop()
            witnesses = Witnesses(minhu, data, port)
            size, signers = published_after(server, size, 60)
            expect(len(signers) >= 3, f"when they are back: {size} {signers}")
            looked = audit()
            expect(looked.returncode == 0, looked.stdout + looked.stderr)
            print(looked.stdout, end="")
        finally:
            server.stop()
            witnesses.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
