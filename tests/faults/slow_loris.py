#!/usr/bin/env python3
"""slow_loris.py PROGRAM [SECONDS]: a thousand connections that say a little now and then: headers that never end, bodies of a byte
a second, readers that do not read. Honest people are asked for a page all the while.

Beside it stands a second server that nobody attacks, on the same machine: what a neighbour takes it takes from both, and honest
people ask one and the other by turns. Hardly anybody waits at the attacked one longer than twice the p99 of the other (alone on a
machine that is 3 ms, where one change of process decides: what is answered within 20 ms is short whatever the other does),
nobody is refused, and the memory of the program grows by at most 64 MiB. The attackers are a process of their own, or they would
slow the honest ones."""

import multiprocessing
import socket
import sys
import time
import uuid

from installation import Server, demo_county, expect

ATTACKERS = 1000
MEMORY_MAY_GROW_KIB = 64 * 1024
MAY_BE_LONGER = 2.0  # than the p99 of the server beside it
SHORT_BELOW = 0.02  # seconds
# Of answers that take no longer than those of the other one in a hundred is above its p99, and fewer are above twice of it: more
# than three in a hundred of 400 is no chance (less than one run in a thousand, were it even every hundredth).
MAY_WAIT_LONGER = 0.03
ASKED = 400  # honest requests to each of them, at least


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


def attack(port, over, open_now):
    """Keeps ATTACKERS connections open until it is over; one that was closed comes again."""
    host = f"127.0.0.1:{port}"
    connections = {}
    while not over.is_set():
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


def waited(server):
    """Of asking for a page on a new connection; the answer must be the page."""
    began = time.monotonic()
    status, _ = server.ask("GET", "/")
    took = time.monotonic() - began
    expect(status == 200, f"an honest request was answered with {status}")
    return took


def by_turns(attacked, calm, seconds):
    """How long people waited at each of the two, in the same minutes."""
    at_attacked, at_calm = [], []
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(at_calm) < ASKED:
        pair = [(attacked, at_attacked), (calm, at_calm)]
        for server, took in pair if len(at_calm) % 2 else reversed(pair):
            took.append(waited(server))
    return at_attacked, at_calm


def p99(took):
    return sorted(took)[int(len(took) * 0.99)]


def under_attack(server, calm, seconds):
    """How long people waited at both meanwhile, and by how much the memory of the attacked one grew."""
    memory = server.resident_kib()
    open_now = multiprocessing.Value("i", 0)
    over = multiprocessing.Event()
    attackers = multiprocessing.Process(target=attack, args=(server.port, over, open_now), daemon=True)
    attackers.start()
    try:
        deadline = time.monotonic() + 60
        while open_now.value < ATTACKERS * 0.9:
            expect(time.monotonic() < deadline, f"only {open_now.value} attackers got in")
            time.sleep(0.1)
        at_attacked, at_calm = by_turns(server, calm, seconds)
        status, _ = server.file(str(uuid.uuid4()))
        expect(status == 201, f"words were refused with {status}")
        return at_attacked, at_calm, server.resident_kib() - memory
    finally:
        over.set()
        attackers.join(30)
        attackers.kill()


def main(program, seconds):
    with demo_county(program) as data, demo_county(program) as beside:
        server = calm = None
        try:
            server, calm = Server(program, data), Server(program, beside)
            by_turns(server, calm, 0)  # warm
            at_attacked, at_calm, grown = under_attack(server, calm, seconds)
            most = max(MAY_BE_LONGER * p99(at_calm), SHORT_BELOW)
            longer = sum(took > most for took in at_attacked)
            print(
                f"p99 of {len(at_attacked)} with {ATTACKERS} slow connections {p99(at_attacked) * 1000:.1f} ms, beside it "
                f"{p99(at_calm) * 1000:.1f} ms; {longer} waited longer than {most * 1000:.0f} ms; memory {grown / 1024:+.1f} MiB"
            )
            expect(grown <= MEMORY_MAY_GROW_KIB, f"memory grew by {grown} KiB")
            expect(longer <= MAY_WAIT_LONGER * len(at_attacked), f"{longer} of {len(at_attacked)} waited longer than {most * 1000:.0f} ms")
            for each in (server, calm):
                expect(each.stop() == 0, "the end was not clean")
        finally:
            for each in (server, calm):
                if each:
                    each.kill()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 5)
