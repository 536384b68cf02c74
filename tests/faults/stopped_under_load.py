#!/usr/bin/env python3
"""stopped_under_load.py PROGRAM [ROUNDS]: SIGTERM while eight people write. Every request that was taken is answered,
the program ends with 0, and what was acknowledged is there."""

import sys

from installation import Server, Writers, demo_county, expect, numbers_in, once_each, rebuild_is_equal


def main(program, rounds):
    acknowledged = 0
    with demo_county(program) as data:
        for _ in range(rounds):
            before = len(numbers_in(data))
            server = Server(program, data)
            writers = Writers(server)
            try:
                writers.wait_for(60)
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
