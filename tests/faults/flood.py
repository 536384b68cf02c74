#!/usr/bin/env python3
"""flood.py PROGRAM: one address sends as fast as it can; another one writes beside it.

While the county is calm nobody is counted. When the flood has used up what is calm, the one who floods is asked to wait, in words and with
Retry-After; whoever writes beside it is taken in. Whoever reports wrongdoing, and this machine itself, is never asked to wait."""

import http.client
import json
import sys
import threading
import uuid

from installation import WORDS, Refused, Server, demo_county, expect, once_each

TOGETHER, EACH = 3000, 120  # adapters/floods/gate.h; they fill again by 300 and 2 a minute
FLOOD, SOMEBODY, MOBILE = "198.51.100.7", "203.0.113.9", "192.0.2.1"


def file_from(connection, address, key=None):
    headers = {"Content-Type": "application/json", "Idempotency-Key": key or str(uuid.uuid4())}
    if address:
        headers |= {"X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
    connection.request("POST", "/api/v1/cases", body=json.dumps({"text": WORDS}), headers=headers)
    answer = connection.getresponse()
    body = json.loads(answer.read())
    return answer.status, answer.getheader("Retry-After"), body


def flood(server, address, told, most):
    """Eight connections of one address, until it is asked to wait; the refusal."""
    refusals, lock, over = [], threading.Lock(), threading.Event()

    def write():
        connection = server.connect()
        while not over.is_set():
            key = str(uuid.uuid4())
            status, after, body = file_from(connection, address, key)
            with lock:
                if status == 201:
                    told[key] = body["number"]
                else:
                    refusals.append((status, after, body))
                if status != 201 or len(told) > most:
                    over.set()
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
        expect(not writer.is_alive(), "a request was never answered")
    return refusals


def main(program):
    with demo_county(program) as data:
        server = Server(program, data, options=("--trusted-proxy", "127.0.0.1"))
        try:
            told = {}
            refusals = flood(server, FLOOD, told, TOGETHER + 2000)
            expect(refusals, f"{len(told)} were taken in from one address, and none was asked to wait")
            expect(len(told) >= TOGETHER, f"asked to wait after {len(told)}, while it was calm")
            for status, after, body in refusals:
                expect(status == 429 and body["code"] == "http.too_often", f"refused with {status}: {body}")
                expect(after and 0 < int(after) <= 3600, f"Retry-After: {after}")

            # A mobile network with many people behind it has its share, too, and so has everybody.
            connection = server.connect()
            for address, most in ((MOBILE, EACH), (SOMEBODY, 5)):
                for number in range(most):
                    key = str(uuid.uuid4())
                    status, _, body = file_from(connection, address, key)
                    expect(status == 201, f"number {number + 1} of {address} is answered with {status}: {body}")
                    told[key] = body["number"]
            status, _ = server.ask("GET", "/jubao", headers={"X-Forwarded-For": FLOOD})
            expect(status == 200, f"the page of reports is answered with {status}")
            key = str(uuid.uuid4())
            status, _, body = file_from(connection, None, key)
            expect(status == 201, f"this machine itself is answered with {status}: {body}")
            told[key] = body["number"]
            connection.close()
            expect(server.stop() == 0, "the end was not clean")
        finally:
            if server.is_there():
                server.kill()
        once_each(told, data)
        print(f"   asked to wait after {len(told) - EACH - 6}; others beside it were taken in; “{refusals[0][2]['detail']}”")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except (Refused, http.client.HTTPException) as why:
        print(f"   {why}")
        sys.exit(1)
