#!/usr/bin/env python3
"""`minhu witness`: made, asked by many at once for two histories, killed again and again, asked once more.

witness_command.py SERVED_LOG MINHU [ROUNDS]
Whatever happens: one root for each size, all of one history, and what was acknowledged is not forgotten.
"""
import base64
import hashlib
import http.client
import os
import pathlib
import random
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time

LEAVES = 600


class Witness:
    def __init__(self, minhu, data, key):
        self.process = subprocess.Popen([minhu, "witness", "serve", "--data", str(data), "--port", "0", "--log", key],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.port = int(line.rsplit(":", 1)[1]) if line.startswith("serving") else None

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=body)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.getheader("Content-Type")
        finally:
            connection.close()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Log:
    def __init__(self, folder):
        self.folder = folder
        self.roots = {}
        for line in (folder / "roots").read_text().splitlines():
            history, size, root = line.split()
            self.roots[(history, int(size))] = root

    def request(self, history, older, newer):
        return (self.folder / history / f"{older}-{newer}").read_bytes()


class Askers:
    """Who asks for either history until the witness is gone. `signed`: what it acknowledged, in order."""

    def __init__(self, witness, log, seed, count=6):
        self.witness, self.log, self.signed, self.wrong = witness, log, [], []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(random.Random(f"{seed} {i}"),)) for i in range(count)]
        for thread in self.threads:
            thread.start()

    def run(self, dice):
        held = 0
        while True:
            history = dice.choice("ab")
            newer = min(LEAVES, held + dice.randrange(4))
            try:
                status, body, _ = self.witness.ask("POST", "/add-checkpoint", self.log.request(history, held, newer))
            except (OSError, http.client.HTTPException):
                return
            with self.lock:
                if status == 200:
                    self.signed.append((history, newer))
                elif status == 409:
                    held = int(body)
                elif status != 422:
                    self.wrong.append((status, body))
            if status == 200:
                held = newer


def main(served_log, minhu, rounds="12"):
    seed = os.environ.get("JUDGE_SEED") or str(random.randrange(2**31))
    print(f"JUDGE_SEED={seed}", flush=True)
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([served_log, "requests", name, str(LEAVES)], check=True)
        log = Log(folder)
        key = (folder / "log").read_text()
        data = folder / "witness"

        def witness_says(*arguments):
            return subprocess.run([minhu, "witness", *map(str, arguments)], capture_output=True, text=True, timeout=30,
                                  env=dict(os.environ, LC_ALL="en_US.UTF-8"))

        made = witness_says("init", "--data", data, "--name", "npc.example")
        assert made.returncode == 0, made.stderr
        word, printed_name, verifier = made.stdout.split()
        assert (word, printed_name) == ("witness", "npc.example") and verifier.startswith("npc.example+"), made.stdout
        assert base64.b64decode(verifier.split("+", 2)[2])[0] == 4
        assert stat.S_IMODE((data / "witness.key").stat().st_mode) == 0o600
        again = witness_says("init", "--data", data, "--name", "npc.example")
        assert again.returncode == 1 and "already" in again.stderr, again
        assert witness_says("serve", "--data", data).returncode == 1  # no log
        assert witness_says("serve", "--data", data, "--log", verifier).returncode == 1  # no log's key
        nowhere = witness_says("serve", "--data", folder / "nowhere", "--log", key)
        assert nowhere.returncode == 1 and "minhu witness init" in nowhere.stderr, nowhere
        assert witness_says("init", "--data", folder / "other", "--name", "two words").returncode == 1

        everything, acknowledged = [], 0
        for turn in range(int(rounds)):
            witness = Witness(minhu, data, key)
            assert witness.port, witness.process.stderr.read()
            status, body, _ = witness.ask("POST", "/add-checkpoint", log.request("a", 0, 0))
            held = int(body) if status == 409 else 0
            assert held >= acknowledged, f"{acknowledged} was acknowledged and {held} is held"
            if turn == 0:
                second = subprocess.run([minhu, "witness", "serve", "--data", str(data), "--port", "0", "--log", key],
                                        capture_output=True, text=True, timeout=30)
                assert second.returncode == 1, "two servers on one ledger"
            askers = Askers(witness, log, f"{seed} {turn}")
            # The first ones die in the middle of it.
            time.sleep(dice.uniform(0.01, 0.3))
            witness.kill()
            for thread in askers.threads:
                thread.join(30)
            assert not askers.wrong, askers.wrong[:3]
            everything += askers.signed
            acknowledged = max([acknowledged, *(size for _, size in askers.signed)])

        roots = {}
        for history, size in everything:
            root = log.roots[(history, size)]
            assert roots.setdefault(size, root) == root, f"two roots of size {size} were cosigned"
        winners = {history for history, size in everything if size > 0}
        assert len(winners) <= 1, "two histories were cosigned"

        witness = Witness(minhu, data, key)
        origin = key.split("+")[0]
        status, note, _ = witness.ask("GET", f"/{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint")
        assert status == 200, status
        lines = note.decode().split("\n")
        assert lines[0] == origin and int(lines[1]) >= acknowledged
        assert any((history, int(lines[1])) in log.roots and log.roots[(history, int(lines[1]))] == lines[2]
                   for history in winners or "ab")
        assert sum(line.startswith("— npc.example ") for line in lines) == 1
        assert witness.ask("GET", "/healthz")[0] == 200
        witness.process.terminate()
        assert witness.process.wait(20) == 0

        # A ledger that was lost must not begin anew under the same key.
        (data / "witness.db").unlink()
        lost = witness_says("serve", "--data", data, "--log", key)
        assert lost.returncode == 1 and "second history" in lost.stderr, lost
        print(f"{rounds} kills, {len(everything)} cosigned, {len(roots)} sizes, one root each; held {lines[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
