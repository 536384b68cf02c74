#!/usr/bin/env python3
"""pooled.py PROGRAM: a county is made, served, and rebuilt through PgBouncer, which hands out three connections by the transaction to
everybody: whatever outlived a transaction (a named statement, a setting, a lock, a table of the session) would meet another one there.

Ends with 77 where no PostgreSQL or no PgBouncer is installed."""

import os
import pathlib
import random
import shutil
import string
import subprocess
import sys
import tempfile
import time

HA = pathlib.Path(__file__).resolve().parents[2] / "packaging" / "ha"
sys.path.insert(0, str(HA))
from cluster import HOST, PATHS, free_ports  # noqa: E402  (lies beside the files that it fills)
from disks import SKIPPED  # noqa: E402
from installation import Server, Writers, expect, plain  # noqa: E402
from postgresql import postgresql, programs  # noqa: E402

CONNECTIONS = 3  # fewer than one `minhu serve` has


def pooler(folder, database):
    port = free_ports(1)[0]
    text = string.Template((HA / "pgbouncer.ini").read_text()).substitute(
        host=HOST, behind_host=database.folder, behind=5432, bouncer=port, folder=folder, pool=CONNECTIONS)
    (folder / "pgbouncer.ini").write_text(text)
    (folder / "users.txt").write_text('"minhu" "through the pool"\n')
    (folder / "passwords").write_text("*:*:*:minhu:through the pool\n")
    (folder / "passwords").chmod(0o600)
    other = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    process = subprocess.Popen(
        [shutil.which("pgbouncer", path=PATHS), str(folder / "pgbouncer.ini")], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=(folder / "pgbouncer.log").open("wb"), **other)
    time.sleep(0.5)
    expect(process.poll() is None, f"pgbouncer did not start: {(folder / 'pgbouncer.log').read_text()[-500:]}")
    return process, f"postgresql://minhu@{HOST}:{port}/minhu?passfile={folder}/passwords"


def done(*command):
    ended = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=400)
    expect(ended.returncode == 0, f"{command[1]} ended with {ended.returncode}: {ended.stdout[-500:]}{ended.stderr[-500:]}")
    return ended.stdout


def serve(program, data, database):
    server = Server(program, data, ready_within=60)
    try:
        writers = Writers(server)
        writers.wait_for(50, within=120)
        most = looks = 0
        until = time.monotonic() + 5
        while time.monotonic() < until:
            number, code = random.choice(list(writers.codes.items()))
            for path, headers in ((f"/api/v1/receipts/{number}", {"X-Query-Code": code}), ("/", {}), ("/figures", {}), ("/places", {})):
                status, answer = server.ask("GET", path, headers=headers)
                expect(status in (200, 303, 404) and (status == 200 or path in ("/figures", "/places")), f"{path}: {status} {answer[:200]}")
                looks += 1
            most = max(most, len(database.backends()))
        told = writers.finish()
        expect(not writers.refused and not writers.broken, f"refused {writers.refused[:5]}, broken {writers.broken}")
        expect(0 < most <= CONNECTIONS, f"{most} connections to the database: this went past the pool")
        expect(server.stop(within=30) == 0, "the end was not clean")
        return told, looks, most
    finally:
        server.kill()


def main(program):
    if not programs() or shutil.which("pgbouncer", path=PATHS) is None:
        print("skipped: PostgreSQL or PgBouncer is not installed (packaging/ha/debian-packages.txt)")
        return SKIPPED
    with postgresql() as database, tempfile.TemporaryDirectory(prefix="minhu-pool-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        process, address = pooler(folder, database)
        try:
            data = folder / "data"
            done(program, "demo", "--data", data, "--storage", address, "--cases", "60", "--months", "2")
            told, looks, most = serve(program, data, database)
            stored = set(database.ask("SELECT number FROM case_file"))
            lost = [number for number in told.values() if plain(number) not in stored]
            expect(not lost, f"{len(lost)} of {len(told)} acknowledged are not there")
            expect(" 0 different, 0 stray" in done(program, "rebuild", "--data", data), "rebuild differs")
        finally:
            process.terminate()
            process.wait(10)
    print(f"a demo county made, {len(told)} cases taken in, {looks} looks, all rebuilt: over {most} connections shared by the transaction")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
