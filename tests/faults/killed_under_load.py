#!/usr/bin/env python3
"""killed_under_load.py PROGRAM [ROUNDS]: the server is killed with -9 while eight people write. Whatever somebody was
told is there afterwards, once; the next start is ready within two seconds; everything derived is equal."""

import random
import sys

from installation import Server, Writers, demo_county, expect, once_each, rebuild_is_equal

READY_WITHIN = 2.0


def main(program, rounds):
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    told = {}
    slowest = 0.0
    with demo_county(program) as data:
        for _ in range(rounds):
            server = Server(program, data)
            slowest = max(slowest, server.ready_after)
            writers = Writers(server)
            try:
                writers.wait_for(chance.randrange(20, 120))
            finally:
                server.kill()
            told |= writers.finish()
            once_each(told, data)
        server = Server(program, data)
        slowest = max(slowest, server.ready_after)
        try:
            # Whoever sends the same again, for want of an answer, is told the same number.
            for key, number in random.sample(sorted(told.items()), min(len(told), 100)):
                status, answer = server.file(key)
                expect(status == 200 and answer["repeated"] and answer["number"] == number, f"sent again: {status} {answer}")
        finally:
            server.stop()
        once_each(told, data)
        rebuild_is_equal(program, data)
    print(f"seed {seed}: killed {rounds} times, {len(told)} acknowledged, slowest start {slowest:.2f} s")
    expect(slowest <= READY_WITHIN, f"a start took {slowest:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
