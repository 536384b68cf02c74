#!/usr/bin/env python3
"""lost_answers.py PROGRAM [PEOPLE]: the answer to a request is lost on its way, three times, and people send the same again: words, words with
a photo, a step of their own. Each is there exactly once, and the fourth time they are told
the number of the first.

The request arrives whole and the connection is closed before the answer is read: half of them at once, half after the answer came."""

import contextlib
import json
import random
import socket
import sqlite3
import struct
import sys
import threading
import time
import uuid
import zlib

from installation import WORDS, Server, database_of, demo_county, expect, numbers_in, once_each, plain, rebuild_is_equal

LOST = 3
PATIENCE = 60.0  # seconds with a busy machine


def lose(server, request, chance):
    """Sends a whole request and goes away with a reset, with or without having waited for the answer."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request)
        if chance.random() < 0.5:
            connection.recv(1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def request(server, path, content_type, body, key, extra=""):
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: {content_type}\r\n"
        f"Idempotency-Key: {key}\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def answered(server, whole):
    """The status and the JSON of the answer to the bytes of a request; sent again while the server says that it is busy."""
    head, body = whole.split(b"\r\n\r\n", 1)
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if not line.startswith("Host"))
    until = time.monotonic() + PATIENCE
    while True:
        status, answer = server.ask("POST", first.split()[1], body, headers)
        if status != 503 or time.monotonic() > until:
            return status, json.loads(answer)
        time.sleep(0.2)


def with_file(words):
    return (
        b'--b\r\nContent-Disposition: form-data; name="case"\r\n\r\n'
        + json.dumps({"text": words}).encode()
        + b'\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="lamp.png"\r\nContent-Type: image/png\r\n\r\n'
        + a_picture()
        + b"\r\n--b--\r\n"
    )


def a_picture():
    """The smallest PNG: one grey point."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def supplements(data, numbers):
    """How many steps of theirs stand in the histories of these matters."""
    with contextlib.closing(sqlite3.connect(f"file:{database_of(data)}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT f.number FROM case_event e JOIN case_file f ON f.region_id = e.region_id AND f.case_id = e.case_id "
            "WHERE e.kind = 'supplemented'"
        ).fetchall()
    return sum(number in numbers for (number,) in rows)


def main(program, people):
    seed = random.randrange(1 << 30)
    told, lock = {}, threading.Lock()
    with demo_county(program) as data:
        before = len(numbers_in(data))
        server = Server(program, data)
        try:

            def one(n):
                chance = random.Random(seed + n)
                key = str(uuid.uuid4())
                if n % 2:
                    whole = request(server, "/api/v1/cases", "application/json", json.dumps({"text": WORDS}).encode(), key)
                else:
                    whole = request(server, "/api/v1/cases/with_files", "multipart/form-data; boundary=b", with_file(WORDS), key)
                for _ in range(LOST):
                    lose(server, whole, chance)
                status, receipt = answered(server, whole)
                expect(status in (200, 201), f"sent again: {status} {receipt}")
                status, same = answered(server, whole)
                expect(status == 200 and same["repeated"] and same["number"] == receipt["number"], f"and again: {status} {same}")
                # A step of their own, lost likewise.
                step = json.dumps({"fields": {"words": "灯还是不亮。"}}).encode()
                path = f"/api/v1/receipts/{receipt['number']}/steps/supplemented"
                code = f"X-Query-Code: {same.get('query_code') or receipt['query_code']}\r\n"
                whole = request(server, path, "application/json", step, uuid.uuid4(), code)
                for _ in range(LOST):
                    lose(server, whole, chance)
                status, answer = answered(server, whole)
                expect(status in (200, 201), f"a step sent again: {status} {answer}")
                with lock:
                    told[key] = receipt["number"]

            failures = []

            def tried(n):
                try:
                    one(n)
                except Exception as failure:
                    failures.append(failure)

            threads = [threading.Thread(target=tried, args=(n,)) for n in range(people)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(3 * PATIENCE)
            expect(not failures, f"{len(failures)} of {people}: {failures[:1]}")
            expect(len(told) == people, "somebody was never answered")
            expect(server.stop() == 0, "the end was not clean")
        finally:
            server.kill()
        once_each(told, data)
        expect(len(numbers_in(data)) == before + people, f"{len(numbers_in(data)) - before} matters of {people} people")
        steps = supplements(data, {plain(number) for number in told.values()})
        expect(steps == people, f"{steps} supplements of {people} people")
        rebuild_is_equal(program, data)
    print(f"seed {seed}: {people} people, each answer lost {LOST} times: {people} matters, {steps} supplements, each once")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 12)
