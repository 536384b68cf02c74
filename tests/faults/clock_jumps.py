#!/usr/bin/env python3
"""clock_jumps.py PROGRAM [SECONDS]: the clock of the machine jumps while people write: an hour back, a day on, and back again
(SECONDS in each). Nobody is refused, whatever somebody was told is there once, histories count on, the record fits; and no
deadline is wrong: each is what a server gives that never knew another clock, and computing all of them again moves none.

libfaketime moves the clock; timers that wait keep theirs, as on a real machine. Ends with 77 where it is not installed."""

import contextlib
import datetime
import glob
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

from disks import SKIPPED
from installation import Server, Writers, database_of, demo_county, expect, once_each, rebuild_is_equal

HOUR, DAY = 3600, 86400
JUMPS = (0, -HOUR, DAY, 0, -HOUR)
COUNTY_TIME = datetime.timezone(datetime.timedelta(hours=8))


def library():
    found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    return found[0] if found else None


def until_noon():
    """Seconds until it is noon in the county: from there no jump, and nothing that lasts, passes midnight unless it is meant to."""
    now = datetime.datetime.now(COUNTY_TIME)
    return round((now.replace(hour=12, minute=0, second=0, microsecond=0) - now).total_seconds() % DAY)


class Clock:
    """What the program takes for the clock of the machine: `noon` seconds on, and the jumps from there."""

    def __init__(self, folder, noon, seconds=0):
        self.file = pathlib.Path(folder) / "clock"
        self.noon = noon
        self.set(seconds)

    def set(self, seconds):
        new = self.file.with_suffix(".new")
        new.write_text(f"{self.noon + seconds:+d}\n")
        new.replace(self.file)

    def before(self):
        return ["env", f"LD_PRELOAD={library()}", f"FAKETIME_TIMESTAMP_FILE={self.file}", "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"]


def rows(data, query):
    with contextlib.closing(sqlite3.connect(f"file:{database_of(data)}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def day_of(milliseconds):
    return datetime.datetime.fromtimestamp(milliseconds / 1000, COUNTY_TIME).date()


def deadlines(data, since):
    """(rule, the day it began) → the day it ends, of clocks that began to run after the row `since` of the events."""
    found = {}
    for rule, started, due in rows(data, f"SELECT c.rule, c.started, c.due FROM case_clock c JOIN case_file f USING (region_id, case_id) WHERE f.rowid > {since}"):
        found.setdefault((rule, day_of(started)), set()).add(day_of(due))
    return found


def last_case(data):
    return rows(data, "SELECT max(rowid) FROM case_file")[0][0]


def steady(program, folder, noon, seconds):
    """The deadlines of a server that lives on this clock all the time."""
    with demo_county(program) as data:
        since = last_case(data)
        server = Server(program, data, before=Clock(folder, noon, seconds).before())
        try:
            expect(server.file(str(uuid.uuid4()))[0] == 201, "a server on another day takes no words")
            expect(server.stop() == 0, "the end was not clean")
        finally:
            server.kill()
        return deadlines(data, since)


def recomputed(program, data):
    done = subprocess.run([str(program), "recompute-clocks", "--data", str(data)], capture_output=True, text=True, timeout=120)
    expect(done.returncode == 0, f"recompute-clocks: {done.stderr}")
    return done.stdout.strip()


def jump(program, folder, noon, seconds):
    with demo_county(program) as data:
        since = last_case(data)
        clock = Clock(folder, noon)
        server = Server(program, data, before=clock.before())
        try:
            writers = Writers(server, 2)
            told_at = []
            for offset in JUMPS:
                clock.set(offset)
                at = len(writers.told)
                time.sleep(seconds)
                writers.wait_for(at + 5)
                told_at.append(len(writers.told) - at)
            told = writers.finish()
            expect(not writers.refused and not writers.broken, f"refused {writers.refused[:5]}, broken {writers.broken}")
            expect(server.ask("GET", "/readyz")[0] == 200, "not ready after the jumps")
            expect(server.stop() == 0, "the end was not clean")
        finally:
            server.kill()
        once_each(told, data)
        uneven = rows(data, "SELECT count(*) FROM (SELECT 1 FROM case_event GROUP BY region_id, case_id HAVING max(seq) - min(seq) + 1 <> count(*))")
        expect(uneven[0][0] == 0, "a history counts not on")
        found = deadlines(data, since)
        sentence = recomputed(program, data)
        expect(deadlines(data, since) == found, f"computed again, deadlines move: {sentence}")
        rebuild_is_equal(program, data)
        audit = subprocess.run([str(program), "record", "audit", "--data", str(data)], capture_output=True, text=True, timeout=120)
        expect(audit.returncode == 0, f"the record does not fit: {audit.stdout[-500:]}")
        return found, len(told), told_at


def main(program, seconds):
    if not library():
        print("skipped: libfaketime is not installed (package faketime)")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="minhu-clock-") as folder:
        noon = until_noon()
        found, told, told_at = jump(program, folder, noon, seconds)
        right = {}
        for offset in sorted(set(JUMPS)):
            for key, ends in steady(program, folder, noon, offset).items():
                right.setdefault(key, set()).update(ends)
    expect(found, "no deadline began: nothing was tested")
    wrong = {key: ends for key, ends in found.items() if ends != right.get(key)}
    expect(not wrong, f"deadlines that another clock gives differently: {wrong}, not {[right.get(key) for key in wrong]}")
    days = sorted({day for _, day in found})
    expect(len(days) > 1, f"all deadlines began on {days}: the clock did not jump")
    print(f"{told} acknowledged {told_at} with the clock at {JUMPS} s; {len(found)} kinds of deadline on {len(days)} days, 0 wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 1))
