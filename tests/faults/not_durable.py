#!/usr/bin/env python3
"""not_durable.py PROGRAM: the program refuses to begin on a database that would lose what it acknowledged, and says which setting it is; on the
same database as it should be it begins. Ends with 77 where no PostgreSQL is installed."""

import pathlib
import subprocess
import sys
import tempfile

from disks import SKIPPED
from installation import Server, expect
from postgresql import new_county, postgresql, programs

# What is set on the server, and the word that the refusal has to have.
SETTINGS = [
    ({"fsync": "off"}, "fsync"),
    ({"full_page_writes": "off"}, "full_page_writes"),
    ({"data_sync_retry": "on"}, "data_sync_retry"),
    ({"synchronous_commit": "off"}, "synchronous_commit"),
]
# The same where a standby is known to the server.
WITH_A_STANDBY = [
    ({}, "synchronous_standby_names"),
    ({"synchronous_standby_names": "'*'", "synchronous_commit": "local"}, "synchronous_commit"),
    ({"synchronous_standby_names": "'*'", "synchronous_commit": "remote_write"}, "synchronous_commit"),
]


def refused(program, data, word):
    done = subprocess.run([program, "serve", "--data", str(data), "--port", "0"], capture_output=True, text=True, timeout=60)
    expect(done.returncode not in (0, 70), f"with {word} wrong it ended with {done.returncode}: {done.stderr[-400:]}")
    expect(word in done.stderr, f"the refusal does not name {word}: {done.stderr[-400:]}")


def main(program):
    if not programs():
        print("skipped: no PostgreSQL is installed (package postgresql-15)")
        return SKIPPED
    with postgresql() as database, tempfile.TemporaryDirectory(prefix="minhu-faults-") as folder:
        data = pathlib.Path(folder) / "data"
        new_county(program, data, database.address)

        def with_settings(settings, word):
            for name, value in settings.items():
                database.ask(f"ALTER SYSTEM SET {name} = {value}")
            database.control("-m", "fast", "restart")
            refused(program, data, word)
            for name in settings:
                database.ask(f"ALTER SYSTEM RESET {name}")

        for settings, word in SETTINGS:
            with_settings(settings, word)
        database.ask("SET synchronous_commit = local; ALTER TABLE case_file SET UNLOGGED")
        database.control("-m", "fast", "restart")
        refused(program, data, "LOGGED")
        database.ask("ALTER TABLE case_file SET LOGGED")
        database.ask("SELECT pg_create_physical_replication_slot('a_standby')")
        for settings, word in WITH_A_STANDBY:
            with_settings(settings, word)
        database.ask("SELECT pg_drop_replication_slot('a_standby')")
        database.control("-m", "fast", "restart")
        server = Server(program, data)
        try:
            status, _ = server.file("11111111-2222-4333-8444-555555555555")
            expect(status == 201, f"on a database as it should be words are refused: {status}")
        finally:
            server.kill()
    print(f"{len(SETTINGS) + len(WITH_A_STANDBY) + 1} databases that would lose something were refused by name; as it should be it began")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
