#!/usr/bin/env python3
"""record_tampered.py PROGRAM: while the server runs, somebody changes, takes away and puts in rows with another program.
Each is found within a minute, with the case and the step; the audit afterwards names them all."""

import contextlib
import pathlib
import sqlite3
import subprocess
import sys
import time
import uuid

from installation import Server, database_of, demo_county, expect
from record_restored import published, wait_for

WITHIN = 60.0
# What somebody might do, and how the alarm begins to say it.
CHANGES = {
    "a step is dated back": (
        "UPDATE case_event SET happened_at = happened_at - 86400000 WHERE case_id = ? AND seq = 1",
        "step 1, entry",
    ),
    "a step is taken away": ("DELETE FROM case_event WHERE case_id = ? AND seq = 2", "step 2, entry"),
    "a row of today is changed": ("UPDATE case_file SET urged = urged + 5 WHERE case_id = ?", "shown of it today"),
}


def alarms(data):
    path = pathlib.Path(data) / "record.alarm"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def cases_with_steps(connection):
    return [row[0] for row in connection.execute("SELECT case_id FROM case_event WHERE seq = 3 ORDER BY case_id LIMIT 20")]


def main(program):
    with demo_county(program, cases=200) as data:
        server = Server(program, data)
        try:
            status, _ = server.file(str(uuid.uuid4()))
            expect(status == 201, f"intake says {status}")
            with contextlib.closing(sqlite3.connect(database_of(data), timeout=20, isolation_level=None)) as connection:
                # What is altered here was signed before.
                [(leaves,)] = connection.execute("SELECT count(*) FROM record_leaf").fetchall()
                wait_for(lambda it: published(it) >= leaves, server)
                cases = cases_with_steps(connection)
                for number, (what, (sql, said)) in enumerate(CHANGES.items()):
                    case = cases[number * 3]
                    began = time.monotonic()
                    connection.execute(sql, (case,))
                    name = str(uuid.UUID(bytes=case))
                    while not any(name in line and said in line for line in alarms(data).splitlines()):
                        expect(time.monotonic() - began < WITHIN, f"{what}: not found within a minute: {alarms(data)}")
                        time.sleep(0.2)
                    print(f"{what}: found after {time.monotonic() - began:.1f} s")
            status, body = server.ask("GET", "/metrics")
            expect(status == 200 and b"\nminhu_record_findings 0" not in body, "the figures say nothing of it")
        finally:
            server.stop()
        audited = subprocess.run([str(program), "record", "audit", "--data", str(data)], capture_output=True, text=True, timeout=300)
        expect(audited.returncode == 1, "the audit finds nothing")
        print(audited.stdout.strip())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
