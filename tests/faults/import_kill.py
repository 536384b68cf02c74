#!/usr/bin/env python3
"""Kills an import in the middle, five times, and goes on: every row is there once at the end.

    import_kill.py MINHU [FILE.csv] [--seed N] [--rounds N]

MINHU is the built program. Without FILE a file of 4,326 rows is made here. Each round starts
`minhu import petitions FILE --data DIR`, waits until a part of the file is in the database, and sends
SIGKILL. The last run is left alone. Then the counts are asked of the database itself: one case and one
receipt a row, no more, whatever the killed runs had told; and everything derived again is equal.
"""

import argparse
import csv
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

CLOSING_LINE = re.compile(r"imported (\d+), already there (\d+), rejected (\d+)")


def say(text):
    print(text, flush=True)


def make_file(path, rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "title", "detail", "time", "likes"])
        for row in range(rows):
            day = 1 + row % 28
            writer.writerow([row, f"第 {row} 件事", f"路灯 {row} 号不亮，" * 40, f"2019-02-{day:02d} 08:00:00", 0])


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def database_of(data):
    files = [file for file in data.rglob("*.db") if file.stat().st_size > 0]
    return files[0] if files else None


def count(database, table):
    # Read-only and beside a running writer: the log of the database allows it.
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def count_or_zero(data):
    database = database_of(data)
    if database is None:
        return 0
    try:
        return count(database, "case_file")
    except sqlite3.OperationalError:  # before the tables are made
        return 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("minhu")
    arguments.add_argument("file", nargs="?")
    arguments.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    say(f"seed {chosen.seed}")
    chance = random.Random(chosen.seed)

    folder = pathlib.Path(tempfile.mkdtemp(prefix="minhu-import-kill-"))
    try:
        data = folder / "data"
        source = folder / "petitions.csv"
        if chosen.file:
            shutil.copyfile(chosen.file, source)
        else:
            make_file(source, 4326)
        rows = rows_of(source)
        command = [chosen.minhu, "import", "petitions", str(source), "--data", str(data)]

        # A new installation, so that every case in it is a row of the file.
        subprocess.run(
            [chosen.minhu, "init", "--data", str(data), "--region", "330799", "--name", "青溪县"]
            + ["--organiser", "青溪县信访局", "--phone", "000-8000-0001"],
            check=True,
            stdout=subprocess.DEVNULL,
        )

        killed = 0
        for round_number in range(1, chosen.rounds + 1):
            before = count_or_zero(data)
            # Somewhere in the part that is still to come, early enough that every round finds work.
            goal = before + max(1, int((rows - before) * chance.uniform(0.05, 0.3)))
            with (folder / f"round-{round_number}.txt").open("wb") as log:
                process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
                while process.poll() is None and count_or_zero(data) < goal:
                    time.sleep(0.002)
                if process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                    killed += 1
                process.wait()
            say(f"round {round_number}: killed at {count_or_zero(data)} of {rows} (goal {goal})")
        if killed < chosen.rounds:
            say(f"FAILED: only {killed} of {chosen.rounds} runs were killed half-way")
            for log in sorted(folder.glob("round-*.txt")):
                say(log.read_text(errors="replace")[-2000:])
            return 1

        half = count_or_zero(data)
        last = subprocess.run(command, capture_output=True, text=True, timeout=600)
        lines = last.stdout.strip().splitlines()
        match = CLOSING_LINE.fullmatch(lines[-1]) if lines else None
        if last.returncode != 0 or match is None:
            say(f"FAILED: the last run ended with {last.returncode}: {last.stdout[-2000:]}{last.stderr[-2000:]}")
            return 1
        imported, already_there, rejected = map(int, match.groups())
        database = database_of(data)
        cases, receipts = count(database, "case_file"), count(database, "receipt")
        say(f"last run: {lines[-1]}; in the database: {cases} cases, {receipts} receipts")
        good = (
            cases == rows
            and receipts == rows
            and rejected == 0
            and imported + already_there == rows
            and already_there == half
        )
        rebuilt = subprocess.run([chosen.minhu, "rebuild", "--data", str(data)], capture_output=True, text=True, timeout=600)
        say(rebuilt.stdout.strip())
        good = good and rebuilt.returncode == 0 and " 0 different, 0 stray" in rebuilt.stdout
        say("passed" if good else f"FAILED: expected {rows} rows once each, {half} of them before the last run")
        return 0 if good else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
