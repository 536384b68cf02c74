#!/usr/bin/env python3
"""half_open.py PROGRAM: peers that vanish without a word, in the middle of what they do: half a head, half a body, a page asked for
and not read, a kept connection, a connection and nothing else. They are frozen (SIGSTOP): their machine still confirms
packets, and nothing ever comes again. Within a minute the program has given every one of them up; honest people are
served all the while.

Where a network of its own can be made (ip netns), the same again with peers whose packets are lost: the cable is pulled."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

from installation import Server, demo_county, expect

EACH = 20
GIVEN_UP_WITHIN = 60.0  # seconds
NETWORK = "minhu-faults"
HERE, THERE = "10.213.47.1", "10.213.47.2"


def beginnings(host):
    head = f"Host: {host}\r\n"
    return (
        f"GET / HTTP/1.1\r\n{head}X-A: ",
        f"POST /api/v1/cases HTTP/1.1\r\n{head}Content-Type: application/json\r\nIdempotency-Key: 6f1de1c4-0c2b-4bd4-9d0e-0a8f0e6a1c11\r\nContent-Length: 5000\r\n\r\n{{",
        f"GET /done HTTP/1.1\r\n{head}\r\n" * 40,
        f"GET /healthz HTTP/1.1\r\n{head}\r\n",
        "",
    )


def vanish(address, port):
    """What a peer does, in a process of its own: opens everything, says so, and waits to be frozen."""
    open_ones = []
    for beginning in beginnings(f"{address}:{port}"):
        for _ in range(EACH):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(20)
            connection.connect((address, int(port)))
            connection.sendall(beginning.encode())
            open_ones.append(connection)
    print("open", len(open_ones), flush=True)
    time.sleep(600)


def sockets(server):
    """How many connections the program holds."""
    count = 0
    for entry in pathlib.Path(f"/proc/{server.process.pid}/fd").iterdir():
        try:
            count += os.readlink(entry).startswith("socket:")
        except OSError:
            pass
    return count


def given_up(server, before, what):
    """Seconds until the program holds no more connections than it did."""
    began = time.monotonic()
    while sockets(server) > before:
        took = time.monotonic() - began
        expect(took <= GIVEN_UP_WITHIN, f"{what}: after {took:.0f} s {sockets(server) - before} are held")
        asked = time.monotonic()
        status, _ = server.ask("GET", "/", timeout=20)
        expect(status == 200 and time.monotonic() - asked < 5, f"{what}: an honest request got {status} after {time.monotonic() - asked:.1f} s")
        time.sleep(0.5)
    return time.monotonic() - began


def peers(address, port, before=()):
    process = subprocess.Popen([*before, sys.executable, __file__, "--vanish", address, str(port)], stdout=subprocess.PIPE, text=True)
    said = process.stdout.readline()
    expect(said.startswith("open"), "the peers did not get in")
    return process


def frozen(program, data):
    server = Server(program, data)
    try:
        server.ask("GET", "/")
        before = sockets(server)
        process = peers("127.0.0.1", server.port)
        os.kill(process.pid, signal.SIGSTOP)
        try:
            held = sockets(server) - before
            took = given_up(server, before, "frozen peers")
        finally:
            process.kill()
            process.wait()
        expect(held >= 2 * EACH, f"only {held} connections were held: nothing was tested")
        print(f"frozen: {held} connections given up after {took:.0f} s")
        expect(server.stop() == 0, "the end was not clean")
    finally:
        server.kill()


def ip(*arguments):
    return subprocess.run(["ip", *arguments], capture_output=True, text=True).returncode == 0


def a_cable():
    """Two ends of a cable, one of them in a network of its own."""
    return (
        ip("netns", "add", NETWORK)
        and ip("link", "add", "minhu-here", "type", "veth", "peer", "name", "minhu-there", "netns", NETWORK)
        and ip("addr", "add", f"{HERE}/30", "dev", "minhu-here")
        and ip("link", "set", "minhu-here", "up")
        and ip("-n", NETWORK, "addr", "add", f"{THERE}/30", "dev", "minhu-there")
        and ip("-n", NETWORK, "link", "set", "minhu-there", "up")
    )


def cut_off(program, data):
    if not shutil.which("ip") or os.geteuid() != 0:
        print("cut off: skipped, no network of its own can be made here (root and ip are needed)")
        return
    try:
        if not a_cable():
            print("cut off: skipped, no network of its own can be made here")
            return
        # 0.0.0.0: honest people come over the loopback, the others over the cable.
        server = Server(program, data, options=["--address", "0.0.0.0"])
        try:
            server.ask("GET", "/")
            before = sockets(server)
            process = peers(HERE, server.port, before=["ip", "netns", "exec", NETWORK])
            expect(ip("-n", NETWORK, "link", "set", "minhu-there", "down"), "the cable cannot be pulled")
            try:
                held = sockets(server) - before
                took = given_up(server, before, "peers that were cut off")
            finally:
                process.kill()
                process.wait()
            expect(held >= 2 * EACH, f"only {held} connections were held: nothing was tested")
            print(f"cut off: {held} connections given up after {took:.0f} s")
            expect(server.stop() == 0, "the end was not clean")
        finally:
            server.kill()
    finally:
        ip("netns", "del", NETWORK)
        ip("link", "del", "minhu-here")


def main(program):
    with demo_county(program) as data:
        frozen(program, data)
        cut_off(program, data)


if __name__ == "__main__":
    if sys.argv[1] == "--vanish":
        vanish(*sys.argv[2:])
    else:
        main(sys.argv[1])
