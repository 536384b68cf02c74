"""submit.py PORT COUNT: hands in words and waits for the proof, one after the other, as a person's page does.

Prints: how many were proved, and p50, p99 and the longest of the milliseconds from the request to the proof in hand."""

import http.client
import json
import sys
import time
import uuid

PATIENCE = 30.0  # seconds; longer is not proved
PAUSE = 0.05


def ask(connection, method, path, body=None, headers=None):
    connection.request(method, path, body=body, headers=headers or {})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read() or b"{}")


def submit(connection, number):
    began = time.monotonic()
    status, receipt = ask(
        connection,
        "POST",
        "/api/v1/cases",
        json.dumps({"text": f"村口老磨坊旁边的路灯坏了{number}天，晚上老人出门看不见路。"}),
        {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())},
    )
    if status != 201 or "minhu-promise/v1" not in receipt.get("promise", ""):
        raise SystemExit(f"not kept, or not promised: {status} {receipt}")
    while time.monotonic() - began < PATIENCE:
        status, proof = ask(connection, "GET", receipt["proof"], headers={"X-Query-Code": receipt["query_code"]})
        if status == 200 and proof["kind"] == "proof":
            return (time.monotonic() - began) * 1000
        time.sleep(PAUSE)
    return None


def main(port, count):
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
    times = [submit(connection, number) for number in range(int(count))]
    proved = sorted(one for one in times if one is not None)
    if not proved:
        raise SystemExit("nothing was proved")
    at = lambda part: proved[min(len(proved) - 1, int(len(proved) * part))]
    print(len(proved), f"{at(0.5):.0f} {at(0.99):.0f} {proved[-1]:.0f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
