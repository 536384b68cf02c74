#!/usr/bin/env python3
"""slow_loris.py PROGRAM [SECONDS]: a thousand connections that say a little now and then: headers that never end, bodies of a byte
a second, readers that do not read. Honest people are asked for a page all the while.

Their p99 is at most twice what it was, nobody is refused, and the memory of the program grows by at most 64 MiB. Alone on a machine
p99 is 3 ms, where one change of process decides: below 20 ms the two are not compared, and what does not hold is measured again, at
most three times, because what a neighbour took is not what the attackers took. The attackers are a process of their own, or they would slow the honest ones."""

import multiprocessing
import socket
import sys
import time
import uuid

from installation import Server, demo_county, expect

ATTACKERS = 1000
MEMORY_MAY_GROW_KIB = 64 * 1024
P99_MAY_GROW = 2.0
P99_IS_SHORT_BELOW = 0.02  # seconds
TRIES = 3
ASKED = 200  # honest requests a measurement, at least


def greeting(n, host):
    """What an attacker begins with, and what follows a byte at a time; None: it sends no more, and reads nothing."""
    way = n % 3
    if way == 0:
        return f"GET / HTTP/1.1\r\nHost: {host}\r\nX-A: ".encode(), b"a"
    if way == 1:
        head = f"POST /api/v1/cases HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nIdempotency-Key: {uuid.uuid4()}\r\nContent-Length: 60000\r\n\r\n"
        return head.encode() + b'{"text":"', b"a"
    # Asks for many pages and takes none of them.
    return f"GET /done HTTP/1.1\r\nHost: {host}\r\n\r\n".encode() * 20, None


def attack(port, seconds, open_now):
    """Keeps ATTACKERS connections open until the time is over; one that was closed comes again."""
    host = f"127.0.0.1:{port}"
    until = time.monotonic() + seconds
    connections = {}
    while time.monotonic() < until:
        for n in range(ATTACKERS):
            first, more = greeting(n, host)
            try:
                if n not in connections:
                    connection = socket.socket()
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                    connection.settimeout(1)
                    connection.connect(("127.0.0.1", port))
                    connection.sendall(first)
                    connection.setblocking(False)
                    connections[n] = connection
                elif more:
                    connections[n].send(more)
            except BlockingIOError:
                pass
            except OSError:
                connections.pop(n, connection).close()
        open_now.value = len(connections)
        time.sleep(1)
    for connection in connections.values():
        connection.close()


def p99(server, seconds):
    """Of asking for a page, each time on a new connection; every answer must be the page."""
    took = []
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(took) < ASKED:
        began = time.monotonic()
        status, _ = server.ask("GET", "/")
        took.append(time.monotonic() - began)
        expect(status == 200, f"an honest request was answered with {status}")
    return sorted(took)[int(len(took) * 0.99)], len(took)


def under_attack(server, seconds):
    """p99 before and during, how many asked meanwhile, and by how much the memory grew."""
    before, _ = p99(server, 3)
    memory = server.resident_kib()
    open_now = multiprocessing.Value("i", 0)
    attackers = multiprocessing.Process(target=attack, args=(server.port, seconds + 60, open_now), daemon=True)
    attackers.start()
    try:
        deadline = time.monotonic() + 60
        while open_now.value < ATTACKERS * 0.9:
            expect(time.monotonic() < deadline, f"only {open_now.value} attackers got in")
            time.sleep(0.1)
        during, asked = p99(server, seconds)
        status, _ = server.file(str(uuid.uuid4()))
        expect(status == 201, f"words were refused with {status}")
        return before, during, asked, server.resident_kib() - memory
    finally:
        attackers.terminate()
        attackers.join()


def main(program, seconds):
    with demo_county(program) as data:
        server = Server(program, data)
        try:
            p99(server, 1)  # warm
            for left in reversed(range(TRIES)):
                before, during, asked, grown = under_attack(server, seconds)
                print(
                    f"p99 {before * 1000:.1f} ms before, {during * 1000:.1f} ms of {asked} with {ATTACKERS} slow connections; "
                    f"memory {grown / 1024:+.1f} MiB"
                )
                expect(grown <= MEMORY_MAY_GROW_KIB, f"memory grew by {grown} KiB")
                if during <= max(P99_MAY_GROW * before, P99_IS_SHORT_BELOW):
                    break
                expect(left > 0, f"p99 grew from {before * 1000:.1f} to {during * 1000:.1f} ms, {TRIES} times one after the other")
                time.sleep(2)
            expect(server.stop() == 0, "the end was not clean")
        finally:
            server.kill()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 5)
