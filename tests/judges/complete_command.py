#!/usr/bin/env python3
"""complete_command.py MINHU: `minhu record complete` on a demo county, and what becomes of a statement that somebody mends.

A reader of the statement that shares no code with the program counts its lines; a case taken away behind the program, with
and without its leaves, and an answer that was moved are caught; a spoiled statement is refused with a sentence."""

import collections
import contextlib
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "faults"))
from installation import Server, expect  # noqa: E402


def run(program, *arguments, ends=0):
    done = subprocess.run([str(program), *map(str, arguments)], capture_output=True, text=True, timeout=120)
    said = done.stdout + done.stderr
    expect(done.returncode == ends, f"{' '.join(map(str, arguments[:2]))} ended with {done.returncode}, not {ends}: {said[-800:]}")
    return said


def months(data):
    """The last two that are over, as the program names them."""
    year, month = map(int, time.strftime("%Y %m", time.gmtime(time.time() + 8 * 3600)).split())
    back = lambda by: f"{(year * 12 + month - 1 - by) // 12}-{(year * 12 + month - 1 - by) % 12 + 1:02d}"
    return ["--data", data, "--from", back(2), "--to", back(1)]


def published(program, data):
    server = Server(program, data)
    deadline = time.monotonic() + 60
    while server.ask("GET", "/record/checkpoint")[0] != 200:
        expect(time.monotonic() < deadline, "nothing was published")
        time.sleep(0.1)
    expect(server.stop() == 0, "the end was not clean")


def change(data, *statements):
    with contextlib.closing(sqlite3.connect(data / "minhu.db")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def check(program, scratch):
    data, statement = scratch / "data", scratch / "statement"
    run(program, "demo", "--data", data, "--cases", 300, "--months", 4)
    expect("has not published" in run(program, "record", "complete", *months(data), "--out", statement, ends=1), "no sentence")
    published(program, data)
    said = run(program, "record", "complete", *months(data), "--out", statement)
    text = statement.read_text()
    head = dict(line.split(" ", 1) for line in text.splitlines() if line.count(" ") == 1)
    counted = collections.Counter(line.split()[2] for line in text.splitlines() if line.startswith("case "))
    lines = [line.split()[1] for line in text.splitlines() if line.startswith("case ")]
    expect(len(set(lines)) == len(lines), "somebody is counted twice")
    for word in ("in-time", "late", "listed"):
        expect(int(head[word]) == counted[word] > 0, f"{word}: {head[word]} said, {counted[word]} lines")
    expect(int(head["received"]) == sum(counted.values()), "the sum does not hold")
    policy = ["--policy", data / "record.policy"]
    expect(said.splitlines()[-1] in run(program, "record", "check-complete", statement, *policy), "another summary")
    run(program, "record", "audit", "--data", data, "--statement", statement)

    for spoil in (lambda it: it.replace(" late\n", " in-time\n", 1), lambda it: it.replace("listed open", "listed parked", 1),
                  lambda it: it[: it.index("case ")] + it[it.index("\n", it.index("case ")) + 1 :], lambda it: it[:-3]):
        (scratch / "spoiled").write_text(spoil(text))
        run(program, "record", "check-complete", scratch / "spoiled", *policy, ends=1)

    taken = scratch / "taken"
    shutil.copytree(data, taken)
    one = "(SELECT case_id FROM case_event WHERE kind = 'answered' ORDER BY case_id LIMIT 1)"
    change(taken, f"CREATE TABLE one AS SELECT case_id FROM case_event WHERE case_id = {one} LIMIT 1",
           "DELETE FROM case_event WHERE case_id IN (SELECT case_id FROM one)",
           "DELETE FROM case_file WHERE case_id IN (SELECT case_id FROM one)")
    expect("no statement was made" in run(program, "record", "complete", *months(taken), "--out", scratch / "no", ends=1), "no sentence")
    change(taken, "DELETE FROM record_leaf WHERE case_id IN (SELECT case_id FROM one)", "DROP TABLE one")
    run(program, "record", "complete", *months(taken), "--out", scratch / "no", ends=1)
    shutil.rmtree(taken)

    change(data, f"UPDATE case_event SET recorded_at = recorded_at - 864000000, happened_at = happened_at - 864000000 WHERE kind = 'answered' AND case_id = {one}")
    run(program, "record", "complete", *months(data), "--out", scratch / "no", ends=1)
    expect(not (scratch / "no").exists(), "a statement was written all the same")
    return head["received"]


def main(program):
    with tempfile.TemporaryDirectory(prefix="minhu-complete-") as root:
        print(f"{check(program, pathlib.Path(root))} people, each counted; what was changed is caught")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
