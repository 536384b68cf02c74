"""outage.py MINHU SECONDS: the only witness of a quorum is away for SECONDS (600) while people go on handing in words.

Prints: how many handed in during the outage, how many of them were refused, how many were promised, how many had a proof
before the witness was back (none can), how many have one afterwards, and within how many seconds of its return the last did."""

import http.client
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import uuid

EVERY = 0.5  # seconds between two people
PATIENCE = 180  # seconds after the return


def said(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def serving(*command):
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in process.stdout:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if found:
            return process, int(found[1])
    raise SystemExit(f"did not start: {command}")


def ask(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")
    finally:
        connection.close()


def hand_in(port):
    return ask(port, "POST", "/api/v1/cases", json.dumps({"text": "村口老磨坊旁边的路灯坏了两个多月。"}),
               {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())})


def is_proved(port, receipt):
    status, proof = ask(port, "GET", receipt["proof"], headers={"X-Query-Code": receipt["query_code"]})
    return status == 200 and proof["kind"] == "proof"


def main(minhu, seconds="600"):
    with tempfile.TemporaryDirectory(prefix="minhu-outage-") as root:
        data, eye = pathlib.Path(root) / "data", pathlib.Path(root) / "witness"
        said(minhu, "init", "--data", data, "--region", "339901", "--name", "量县", "--organiser", "量县信访局", "--phone",
             "0000-000000", "--origin", "bench.example/record")
        log = re.search(r"\S+\+[0-9a-f]{8}\+\S+", said(minhu, "record", "key", "--data", data))[0]
        key = re.search(r"\S+\+[0-9a-f]{8}\+\S+", said(minhu, "witness", "init", "--data", eye, "--name", "audit.example"))[0]
        watching = [minhu, "witness", "serve", "--data", eye, "--log", log]
        witness, port_of_witness = serving(*watching, "--port", "0")
        policy = pathlib.Path(root) / "policy"
        policy.write_text(f"log {log}\nwitness audit {key} http://127.0.0.1:{port_of_witness}/\nquorum audit\n")
        said(minhu, "record", "policy", "--data", data, "--set", policy)
        server, port = serving(minhu, "serve", "--data", data, "--port", "0")
        try:
            first = hand_in(port)[1]
            deadline = time.monotonic() + 60
            while not is_proved(port, first):
                if time.monotonic() > deadline:
                    raise SystemExit("nothing is proved while the witness is there")
                time.sleep(0.1)
            witness.terminate()
            witness.wait()
            receipts, refused = [], 0
            end = time.monotonic() + float(seconds)
            while time.monotonic() < end:
                status, receipt = hand_in(port)
                if status == 201:
                    receipts.append(receipt)
                else:
                    refused += 1
                time.sleep(EVERY)
            promised = sum("minhu-promise/v1" in receipt.get("promise", "") for receipt in receipts)
            early = sum(is_proved(port, receipt) for receipt in receipts)
            witness, _ = serving(*watching, "--port", str(port_of_witness))
            back = time.monotonic()
            # The record takes them in in their order: when the last has its proof every one does, which is looked at afterwards.
            while not is_proved(port, receipts[-1]) and time.monotonic() < back + PATIENCE:
                time.sleep(0.1)
            within = time.monotonic() - back
            later = sum(is_proved(port, receipt) for receipt in receipts)
            print(len(receipts) + refused, refused, promised, early, later, f"{within:.1f}")
        finally:
            for process in (server, witness):
                process.terminate()
                process.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
