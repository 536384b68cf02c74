#!/usr/bin/env python3
"""stopped_under_load.py PROGRAM [ROUNDS]: SIGTERM while eight people write. Every request that was taken is answered,
the program ends with 0, and what was acknowledged is there; while they write, those of its threads that nobody waits for
give way, and no other does (server/kernel/giving_way.h)."""

import pathlib
import sys
import time

from installation import Server, Writers, demo_county, expect, numbers_in, once_each, rebuild_is_equal

# What reads cases for likeness, what looks for changed rows, what tends keys.
GIVING_WAY = 3
NICENESS = 10


def niceness_of(thread):
    # Field 19, counted from behind the name, which may hold spaces.
    return int((thread / "stat").read_text().rpartition(")")[2].split()[16])


def those_give_way_that_nobody_waits_for(server):
    # Each does so as the first thing in its life, which may begin late on a busy machine.
    deadline = time.monotonic() + 30
    while True:
        found = sorted(niceness_of(thread) for thread in pathlib.Path(f"/proc/{server.process.pid}/task").iterdir())
        given_way = [niceness for niceness in found if niceness != found[0]]
        if len(given_way) >= GIVING_WAY or time.monotonic() > deadline:
            break
        time.sleep(0.05)
    expect(given_way == [min(found[0] + NICENESS, 19)] * GIVING_WAY, f"give way: {given_way}, the others {found[0]}")


def main(program, rounds):
    acknowledged = 0
    with demo_county(program) as data:
        for _ in range(rounds):
            before = len(numbers_in(data))
            server = Server(program, data)
            writers = Writers(server)
            try:
                writers.wait_for(60)
                those_give_way_that_nobody_waits_for(server)
                status = server.stop()
            finally:
                server.kill()
            told = writers.finish()
            expect(status == 0, f"the server ended with {status}")
            expect(set(writers.refused) <= {503}, f"refused with {sorted(set(writers.refused))}")
            once_each(told, data)
            # Nobody was left without an answer to something that was written.
            written = len(numbers_in(data)) - before
            expect(written == len(told), f"{written} written, {len(told)} acknowledged")
            acknowledged += len(told)
        rebuild_is_equal(program, data)
    print(f"stopped {rounds} times, {acknowledged} acknowledged")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2)
