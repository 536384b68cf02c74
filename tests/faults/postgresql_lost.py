#!/usr/bin/env python3
"""postgresql_lost.py PROGRAM [ROUNDS]: eight people write to an installation on PostgreSQL, and the database is restarted, killed (all of
it, and one connection), and frozen for a while: it lives, and says nothing.

Whoever is refused meanwhile is told so in a sentence, within the time that is promised; words are taken again within seconds after the
database is there again; whatever somebody was told is there once, and whoever was told nothing and sends the same again is there once, too.
Ends with 77 where no PostgreSQL is installed."""

import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid

from disks import SKIPPED
from installation import Server, Writers, expect, plain
from postgresql import new_county, postgresql, programs

FROZEN_FOR = 6.0  # seconds; silence is noticed within five
ANSWERED_WITHIN = 14.0  # a write waits up to ten seconds for its database
AGAIN_WITHIN = 5.0  # after the database is there again
REFUSED_WITH = {503}


def restarted(database):
    database.control("-m", "fast", "restart")


def killed(database):
    """The whole server, as when its machine loses power, but for the disk."""
    children = database.children()
    database.signal([database.process()], signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(pathlib.Path(f"/proc/{process}").exists() for process in children):  # they end when they see that the first one is gone
        expect(time.monotonic() < deadline, "the processes of the database did not end")
        time.sleep(0.05)
    database.control("start")


def one_connection_killed(database):
    """PostgreSQL then ends every other one, and recovers by itself."""
    database.signal(database.backends()[:1], signal.SIGKILL)
    deadline = time.monotonic() + 30
    while True:
        time.sleep(0.2)
        try:
            database.ask("SELECT 1")
            return
        except Exception:
            expect(time.monotonic() < deadline, "the database did not recover")


def frozen(database):
    everybody = [database.process(), *database.backends()]
    database.signal(everybody, signal.SIGSTOP)
    try:
        time.sleep(FROZEN_FOR)
    finally:
        database.signal([database.process(), *everybody, *database.backends()], signal.SIGCONT)


class Reader:
    """Somebody who looks at a page and hands in words all the while, and is never kept waiting for longer than was promised."""

    def __init__(self, server):
        self.slowest = 0.0
        self._server = server

    def look(self):
        began = time.monotonic()
        status, answer = self._server.file(str(uuid.uuid4()), timeout=ANSWERED_WITHIN + 10)
        self.slowest = max(self.slowest, time.monotonic() - began)
        if status not in (200, 201):
            sentence = answer.get("detail") or answer.get("title") or ""
            expect(status in REFUSED_WITH and len(sentence) > 8, f"refused with {status} {answer}")
        return status


def hurt(server, database, fault):
    """The longest answer, how long words were refused after the database was there again, the keys told, and those that were not."""
    writers = Writers(server)
    writers.wait_for(20)
    reader = Reader(server)
    failures = []
    over = threading.Event()

    def looking():
        while not over.is_set():
            try:
                reader.look()
            except Exception as failure:
                failures.append(failure)
                return
            time.sleep(0.1)

    looker = threading.Thread(target=looking, daemon=True)
    looker.start()
    fault(database)
    there_again = time.monotonic()
    count = len(writers.told)
    deadline = there_again + 60
    while writers.acknowledged_at <= there_again or len(writers.told) <= count:
        expect(time.monotonic() < deadline, "a minute after the database was there again nothing is taken in")
        time.sleep(0.01)
    again_after = writers.acknowledged_at - there_again
    writers.wait_for(len(writers.told) + 20)
    over.set()
    looker.join(60)
    writers.finish()
    expect(not failures, f"{failures[:1]}")
    expect(not writers.broken, f"{writers.broken} were not answered at all")
    expect(set(writers.refused) <= REFUSED_WITH, f"refused with {sorted(set(writers.refused))}")
    return reader.slowest, again_after, writers


def main(program, rounds):
    if not programs():
        print("skipped: no PostgreSQL is installed (package postgresql-15)")
        return SKIPPED
    with postgresql() as database, tempfile.TemporaryDirectory(prefix="minhu-faults-") as folder:
        data = pathlib.Path(folder) / "data"
        new_county(program, data, database.address)
        server = Server(program, data)
        told = {}
        try:
            for _ in range(rounds):
                for fault in (restarted, one_connection_killed, killed, frozen):
                    slowest, again_after, writers = hurt(server, database, fault)
                    told |= writers.told
                    for key in writers.not_told:
                        status, answer = server.file(key)
                        expect(status in (200, 201), f"sent again: {status} {answer}")
                        told[key] = answer["number"]
                    name = fault.__name__.replace("_", " ")
                    print(
                        f"{name}: {len(writers.told)} told, {len(writers.refused)} refused in words and sent again, "
                        f"longest answer {slowest:.1f} s, words taken {again_after:.1f} s after the database"
                    )
                    expect(slowest <= ANSWERED_WITHIN, f"{name}: somebody waited {slowest:.1f} s")
                    expect(again_after <= AGAIN_WITHIN, f"{name}: words were refused for {again_after:.1f} s more")
            expect(server.stop(within=30) == 0, "the end was not clean")
        finally:
            server.kill()
        stored = {}
        for number in database.ask("SELECT number FROM case_file"):
            stored[number] = stored.get(number, 0) + 1
        wrong = [number for number in told.values() if stored.get(plain(number)) != 1]
        expect(not wrong, f"{len(wrong)} of {len(told)} acknowledged are not there exactly once")
        expect(len(set(told.values())) == len(told), "two people were told the same number")
        done = subprocess.run([program, "rebuild", "--data", str(data)], capture_output=True, text=True, timeout=120)
        expect(" 0 different, 0 stray" in done.stdout, f"rebuild differs: {done.stdout}{done.stderr}")
        print(f"{len(told)} acknowledged, each there once")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1))
