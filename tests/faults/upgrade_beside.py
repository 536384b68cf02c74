#!/usr/bin/env python3
"""upgrade_beside.py OLDER NEWER: two servers on one PostgreSQL database are brought from one version of the program to the next, one after the other,
while people write: for that time the older one serves beside the newer one.

First the older one does the jobs and the newer one follows it, then the other way round. What one takes in the other shows, a session of one is
good at the other, the same request sent to both is one case. An older one that is started after the newer one has changed the tables refuses, by
name; where nothing was changed it serves. Nothing that was acknowledged is lost, nothing is there twice, no checkpoint of the
record goes back, and the newer one audits the folders of both. OLDER and NEWER may be the same program. Ends with 77 where no PostgreSQL is
installed."""

import contextlib
import os
import pathlib
import signal
import subprocess
import sys

from disks import SKIPPED
from installation import Refused, Writers, demo_county, expect
from postgresql import postgresql, programs
from two_servers import (
    OURS, STOPPED_WITHIN, TAKEN_OVER_WITHIN, County, Onlooker, leader_frozen, minhu, nothing_lost_or_double, receipts_are_read,
    same_request_at_both, sent_again, until,
)
from whistleblower import invited, seated

OLD, NEW = 0, 1  # the folder whose server is changed last, and the one whose server is changed first


class TwoVersions(County):
    """The county of two_servers.py, in which each folder may have a program of its own."""

    def __init__(self, older, newer, database, first):
        super().__init__(older, database, first)
        self.newer = newer
        self.steps_of_older = None

    def steps(self):
        return set(self.database.ask("SELECT number FROM schema_step"))

    def change_to_newer(self, which):
        self.program, older = self.newer, self.program
        try:
            return self.start(which)
        finally:
            self.program = older


def write_through_both(county, told):
    """And each shows what the other has taken in."""
    writers = [Writers(each, count=4) for each in county.servers]
    for each in writers:
        each.wait_for(30)
    for which in (OLD, NEW):
        receipts_are_read(writers[which], county.servers[1 - which])
    for each in writers:
        told |= each.finish()
        expect(not each.refused and not each.broken, f"refused {each.refused}, broken {each.broken}")
    told |= same_request_at_both(county)


def follows(county, which):
    """What is signed elsewhere is published from this folder, too."""
    settled = int(county.database.ask("SELECT size FROM record_head")[0])
    until(lambda: county.published(which) >= settled, f"{county.folders[which].name} does not follow", 30)


def newer_beside_older(county, told):
    """The first of the two is stopped and comes back newer; people write to the other all the while."""
    expect(county.servers[NEW].stop(within=STOPPED_WITHIN) == 0, "the end was not clean")
    until(lambda: county.said(OLD, OURS), "the one that is left does not do the jobs", TAKEN_OVER_WITHIN)
    writers = Writers(county.servers[OLD], count=4)
    writers.wait_for(10)
    county.steps_of_older = county.steps()
    county.change_to_newer(NEW)
    writers.wait_for(len(writers.told) + 30)
    told |= writers.finish()
    expect(set(writers.refused) <= {503} and not writers.broken, f"refused {set(writers.refused)}, broken {writers.broken}")
    told |= sent_again(county.servers[OLD], writers.not_told)
    added = len(county.steps() - county.steps_of_older)
    expect(county.leader() == OLD, "the one that has just come does the jobs")
    print(f"   the newer one has come: {added} steps of the schema; {len(writers.told)} told by the older one, {len(writers.refused)} asked to come again")
    return added


def older_comes_back(county, added):
    """Somebody starts the older one once more."""
    if not added:
        county.start(OLD)
        follows(county, OLD)
        expect(county.servers[OLD].stop(within=STOPPED_WITHIN) == 0, "the end was not clean")
        return "serves"
    done = subprocess.run([county.program, "serve", "--data", str(county.folders[OLD]), "--port", "0"], capture_output=True, text=True, timeout=60)
    expect(done.returncode != 0 and "newer minhu" in done.stderr, f"the older one was not refused: {done.returncode} {done.stderr[-400:]}")
    return "is refused"


def upgrade(county, told):
    handler = seated(county.servers[OLD], county.token)
    write_through_both(county, told)
    added = newer_beside_older(county, told)
    handler.server = county.servers[NEW]
    handler.ask("GET", "/api/v1/queues")
    write_through_both(county, told)
    follows(county, NEW)
    leader_frozen(county, told)  # now the newer one does the jobs, and the older one follows
    expect(county.leader() == NEW, "the newer one does not do the jobs")
    write_through_both(county, told)
    follows(county, OLD)
    handler.server = county.servers[OLD]
    handler.ask("GET", "/api/v1/queues")
    expect(county.servers[OLD].stop(within=STOPPED_WITHIN) == 0, "the end was not clean")
    again = older_comes_back(county, added)
    county.change_to_newer(OLD)
    write_through_both(county, told)
    follows(county, OLD)
    handler.server = county.servers[OLD]
    handler.ask("GET", "/api/v1/queues")
    return again


def main(older, newer):
    if not programs():
        print("skipped: no PostgreSQL is installed (package postgresql-15)")
        return SKIPPED
    if not os.path.samefile(older, newer):
        os.environ.pop("MINHU_FAULTS_COUNTY", None)  # made by the newer one, perhaps
    with postgresql() as database, demo_county(older) as first:
        county = TwoVersions(older, newer, database, first)
        county.move_to_servers()
        county.token = invited(older, first, "two.handler", "周明")
        county.make_second_folder()
        told = {}
        try:
            for which in (OLD, NEW):
                county.start(which)
            onlooker = Onlooker(county)
            again = upgrade(county, told)
            onlooker.finish()
            for server in county.servers:
                expect(server.stop(within=STOPPED_WITHIN) == 0, "the end was not clean")
        finally:
            for server in county.servers:
                if server:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(server.process.pid, signal.SIGCONT)
                    server.kill()
        nothing_lost_or_double(county, told)
        for folder in county.folders:
            expect(" 0 different, 0 stray" in minhu(newer, "rebuild", "--data", folder), f"rebuild differs in {folder.name}")
        # Whoever stopped first lacks what was published after it; serving again, it has it.
        expect(county.change_to_newer(OLD) and county.change_to_newer(NEW), "they do not serve again")
        for which in (OLD, NEW):
            follows(county, which)
        for server in county.servers:
            expect(server.stop(within=STOPPED_WITHIN) == 0, "the end was not clean")
        for folder in county.folders:
            audited = minhu(newer, "record", "audit", "--data", folder)
            expect(" 0 findings" in audited, audited)
    print(f"   {len(told)} acknowledged by two versions beside each other, each there once; the record is one;")
    print(f"   the older one, started again after the newer one, {again}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()))
    except Refused as why:
        print(f"   {why}")
        sys.exit(1)
