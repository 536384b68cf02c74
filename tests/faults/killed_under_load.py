#!/usr/bin/env python3
"""killed_under_load.py PROGRAM [ROUNDS]: the server is killed with -9 while eight people write. Whatever somebody was
told is there afterwards, once; the next start is ready after at most two seconds of work (of its own processor time: what else
the machine does is not its fault); everything derived is equal."""

import random
import sys

from installation import Server, Writers, demo_county, expect, once_each, rebuild_is_equal

READY_WITHIN = 2.0  # seconds of processor time


def main(program, rounds):
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    told = {}
    slowest = most = 0.0
    with demo_county(program) as data:
        for _ in range(rounds):
            server = Server(program, data)
            slowest, most = max(slowest, server.ready_after), max(most, server.ready_cost)
            writers = Writers(server)
            try:
                writers.wait_for(chance.randrange(20, 120))
            finally:
                server.kill()
            told |= writers.finish()
            once_each(told, data)
        server = Server(program, data)
        slowest, most = max(slowest, server.ready_after), max(most, server.ready_cost)
        try:
            # Whoever sends the same again, for want of an answer, is told the same number.
            for key, number in random.sample(sorted(told.items()), min(len(told), 100)):
                status, answer = server.file(key)
                expect(status == 200 and answer["repeated"] and answer["number"] == number, f"sent again: {status} {answer}")
        finally:
            server.stop()
        once_each(told, data)
        rebuild_is_equal(program, data)
    print(f"seed {seed}: killed {rounds} times, {len(told)} acknowledged, slowest start {slowest:.2f} s, of it at most {most:.2f} s of work")
    expect(most <= READY_WITHIN, f"a start took {most:.2f} s of processor time")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
