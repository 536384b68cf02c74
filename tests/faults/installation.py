"""A demo county in a folder of its own, a server on it, and people who write to it: what every fault here begins with.

Everything is the real program; nothing is replaced. A server is ended by its own process id.
"""

import contextlib
import http.client
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
import uuid

WORDS = "村口老磨坊旁边的路灯坏了两个多月，晚上老人出门看不见路。"


class Refused(Exception):
    """The program said no, or did not do what was expected of it."""


def expect(held, what):
    if not held:
        raise Refused(what)


class Server:
    """`minhu serve` on a free port. `before` goes in front of the command (strace); `walls` is called in the process before it."""

    def __init__(self, program, data, before=(), options=(), ready_within=30.0, walls=None, environment=None):
        self.data = pathlib.Path(data)
        started = time.monotonic()
        self.process = subprocess.Popen(
            [*before, str(program), "serve", "--data", str(data), "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=walls,
            env=environment,
        )
        self.port = None
        self.logins = {}
        self.said = []  # what it wrote to both streams: its log
        # Both are read all the time: a full pipe would stop it, and one that never says where it serves is not waited for.
        told = threading.Event()
        pipes = (self.process.stdout, self.process.stderr)
        readers = [threading.Thread(target=self._read, args=(pipe, told), daemon=True) for pipe in pipes]
        for reader in readers:
            reader.start()
        told.wait(ready_within)
        if self.port is None:
            readers[1].join(2)  # why it ended
            raise Refused(f"the server did not start: {''.join(self.said)[-2000:]}")
        deadline = started + ready_within
        while True:
            with contextlib.suppress(OSError):
                if self.ask("GET", "/readyz")[0] == 200:
                    break
            expect(time.monotonic() < deadline, f"the server was not ready within {ready_within} s")
            time.sleep(0.01)
        self.ready_after = time.monotonic() - started
        self.ready_cost = self.processor_seconds()

    def _read(self, pipe, told):
        for line in pipe:
            self.said.append(line)
            word, *rest = line.split() or [""]
            if pipe is self.process.stdout and word == "login":
                self.logins.setdefault(rest[0], tuple(rest[1:]))
            if pipe is self.process.stdout and word == "serving":
                self.port = int(rest[0].rsplit(":", 1)[1])
                told.set()
        if pipe is self.process.stdout:
            told.set()  # it ended

    def connect(self, timeout=20.0):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(self, method, path, body=None, headers=None, timeout=20.0):
        connection = self.connect(timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def file(self, key, text=WORDS, connection=None, timeout=20.0):
        """Files words under `key`: the status, and what the server answered."""
        own = connection is None
        connection = connection or self.connect(timeout)
        try:
            connection.request(
                "POST",
                "/api/v1/cases",
                body=json.dumps({"text": text}),
                headers={"Content-Type": "application/json", "Idempotency-Key": key},
            )
            answer = connection.getresponse()
            body = answer.read()
            return answer.status, json.loads(body) if body else {}
        finally:
            if own:
                connection.close()

    def processor_seconds(self):
        """What it has worked so far; what else the machine does meanwhile does not count."""
        user, system = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def resident_kib(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise Refused("the process has gone")

    def is_there(self):
        return self.process.poll() is None

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, within=60.0):
        self.process.terminate()
        return self.process.wait(timeout=within)


class Writers:
    """People who write at the same time; `told` is what the server acknowledged to them: key → number."""

    def __init__(self, server, count=8, text=WORDS, told=None):
        self.told = {} if told is None else told  # a dict of the caller sees each as it comes
        self.codes = {}  # number → the code that opens its receipt
        self.refused = []  # statuses other than 200 and 201
        self.broken = 0  # connections that ended without an answer
        self.not_told = []  # the keys of both: what they sent may be there or not
        self.acknowledged_at = 0.0  # the last time somebody was told a number
        self._server = server
        self._text = text
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._write, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def _write(self):
        connection = self._server.connect()
        while not self._over.is_set():
            key = str(uuid.uuid4())
            try:
                status, answer = self._server.file(key, self._text, connection)
            except (OSError, http.client.HTTPException, ValueError):
                connection.close()
                with self._lock:
                    self.broken += 1
                    self.not_told.append(key)
                if not self._server.is_there():
                    return
                time.sleep(0.01)
                continue
            with self._lock:
                if status in (200, 201):
                    self.told[key] = answer["number"]
                    self.codes[answer["number"]] = answer.get("query_code")
                    self.acknowledged_at = time.monotonic()
                else:
                    self.refused.append(status)
                    self.not_told.append(key)
        connection.close()

    def wait_for(self, acknowledged, within=60.0):
        deadline = time.monotonic() + within
        while len(self.told) < acknowledged:
            expect(time.monotonic() < deadline, f"only {len(self.told)} of {acknowledged} were acknowledged")
            time.sleep(0.005)

    def finish(self, within=30.0):
        self._over.set()
        for thread in self._threads:
            thread.join(within)
            expect(not thread.is_alive(), "a request was never answered")
        return self.told


def database_of(data):
    return pathlib.Path(data) / "minhu.db"


def numbers_in(data):
    """How often each number is in the register."""
    with contextlib.closing(sqlite3.connect(f"file:{database_of(data)}?mode=ro", uri=True, timeout=20)) as connection:
        rows = connection.execute("SELECT number, count(*) FROM case_file GROUP BY number").fetchall()
    return dict(rows)


def plain(number):
    """A number as the register writes it."""
    return number.removeprefix("MH-").replace("-", "")


def once_each(told, data):
    """Every number that somebody was told stands in the register exactly once."""
    stored = numbers_in(data)
    numbers = {plain(number) for number in told.values()}
    expect(len(numbers) == len(told), "two people were told the same number")
    lost = [number for number in numbers if stored.get(number) != 1]
    expect(not lost, f"{len(lost)} of {len(told)} acknowledged matters are not there exactly once")


def rebuild_is_equal(program, data):
    """Derives everything again from the events; nothing may differ."""
    done = subprocess.run([str(program), "rebuild", "--data", str(data)], capture_output=True, text=True, timeout=300)
    expect(done.returncode == 0, f"rebuild ended with {done.returncode}: {done.stdout}{done.stderr}")
    expect(" 0 different, 0 stray" in done.stdout, f"rebuild differs: {done.stdout}")


def make_demo(program, data, cases):
    made = subprocess.run(
        [str(program), "demo", "--data", str(data), "--cases", str(cases), "--months", "2"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    expect(made.returncode == 0, f"minhu demo ended with {made.returncode}: {made.stderr}")


@contextlib.contextmanager
def demo_county(program, folder=None, cases=60):
    """A folder with a small demo county; gone afterwards. MINHU_FAULTS_COUNTY names one that is copied, as run.sh makes for all."""
    own = folder is None
    root = pathlib.Path(tempfile.mkdtemp(prefix="minhu-faults-")) if own else pathlib.Path(folder)
    data = root / "data"
    try:
        made_before = os.environ.get("MINHU_FAULTS_COUNTY")
        if made_before and cases == 60:
            shutil.copytree(made_before, data)
        else:
            make_demo(program, data, cases)
        yield data
    finally:
        shutil.rmtree(root if own else data, ignore_errors=True)
