#!/usr/bin/env python3
"""failover.py PROGRAM [ROUNDS] [haproxy|pgbouncer|hosts] [asynchronous]: eight people write and four look at their receipts, while the server
that writes is killed, frozen, cut off and changed on purpose (three servers of PostgreSQL under Patroni, packaging/ha).

Whatever somebody was told is there once, on the new server, whoever was told nothing sends it again and is there once, too; words are taken again
within 30 s, and receipts, also those told in the last moment, can be read within 5 s. `asynchronous` turns the waiting for a standby off: then
something must get lost, or this test cannot see losses. Ends with 77 where Patroni, etcd, HAProxy or PgBouncer are not installed."""

import http.client
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "packaging" / "ha"))
from cluster import Cluster, what_is_missing  # noqa: E402  (lies beside the files that it fills)
from disks import SKIPPED  # noqa: E402
from installation import Server, Writers, expect, plain  # noqa: E402

WRITES_BACK_WITHIN = 30.0
READS_BACK_WITHIN = 5.0
SILENT_FOR = 0.7  # its followers hear nothing of the last commits, before it is gone


def silence(cluster, leader):
    """Freezes what sends to the standbys: whatever is acknowledged from here on without waiting for one is on one machine only."""
    senders = [one for one in cluster.everything_of(leader) if b"walsender" in pathlib.Path(f"/proc/{one}/cmdline").read_bytes()]
    expect(len(senders) >= 2, f"{len(senders)} of two standbys are fed")
    cluster.send(senders, signal.SIGSTOP)
    time.sleep(SILENT_FOR)


def killed(cluster, leader):
    silence(cluster, leader)
    cluster.send(cluster.everything_of(leader), signal.SIGKILL)
    return lambda: cluster.start_patroni(leader)


def frozen(cluster, leader):
    everything = cluster.everything_of(leader)
    cluster.send(everything, signal.SIGSTOP)
    return lambda: cluster.send([*everything, *cluster.everything_of(leader)], signal.SIGCONT)


def cut_off(cluster, leader):
    """It lives, and believes that it leads, but nobody hears it: neither etcd nor a standby nor HAProxy."""
    cable = [cluster.process(f"{leader}.cable")]
    cluster.send(cable, signal.SIGSTOP)
    return lambda: cluster.send(cable, signal.SIGCONT)


def changed_on_purpose(cluster, leader):
    status, answer = cluster.rest(leader, "POST", "/switchover", {"leader": leader}, timeout=60)
    expect(status == 200, f"no switchover: {status} {answer}")
    return lambda: None


class Gap:
    """The longest time from `since` on in which something did not succeed."""

    def __init__(self):
        self._lock = threading.Lock()
        self._times = []

    def succeeded(self):
        with self._lock:
            self._times.append(time.monotonic())

    def longest(self, since, until):
        with self._lock:
            times = [since, *(one for one in self._times if since < one < until), until]
        return max(later - before for before, later in zip(times, times[1:]))


class ToldAt(dict):
    """What writers were told, and when."""

    def __init__(self, gap):
        super().__init__()
        self._gap = gap

    def __setitem__(self, key, number):
        super().__setitem__(key, number)
        self._gap.succeeded()


class Readers:
    """People who look at receipts that somebody was told of, the newest among them."""

    def __init__(self, server, writers, count=4):
        self.gap = Gap()
        self.slowest = 0.0
        self.looked = 0
        self.refused = 0
        self.missing = []  # receipts that the program says it does not know
        self._server, self._writers = server, writers
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._look, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def _look(self):
        while not self._over.is_set():
            codes = list(self._writers.codes.items())
            if not codes:
                time.sleep(0.05)
                continue
            number, code = random.choice(codes[-20:])
            began = time.monotonic()
            try:
                status, _ = self._server.ask("GET", f"/api/v1/receipts/{number}", headers={"X-Query-Code": code}, timeout=60)
            except (OSError, http.client.HTTPException):
                status = 0
            self.slowest = max(self.slowest, time.monotonic() - began)
            if status == 200:
                self.looked += 1
                self.gap.succeeded()
            elif status in (401, 403, 404):
                self.missing.append(number)
            else:
                self.refused += 1
            time.sleep(0.05)

    def finish(self):
        self._over.set()
        for thread in self._threads:
            thread.join(60)


def hurt(server, cluster, fault):
    name = fault.__name__.replace("_", " ")
    written = Gap()
    writers = Writers(server, told=ToldAt(written))
    writers.wait_for(30, within=120)
    readers = Readers(server, writers)
    time.sleep(2)
    leader = cluster.leader()
    began = time.monotonic()
    heal = fault(cluster, leader)
    count = len(writers.told)
    deadline = time.monotonic() + 120
    # Where it was frozen or cut off, until another leads: what goes on over old connections is no takeover.
    while cluster.leader(but=[leader]) in (None, leader):
        expect(time.monotonic() < deadline, f"{name}: nobody has taken over within two minutes")
        time.sleep(0.1)
    taken_over = time.monotonic() - began
    writers.wait_for(max(count, len(writers.told)) + 40, within=120)
    ended = time.monotonic()
    heal()
    cluster.wait_until_whole(180)
    writers.wait_for(len(writers.told) + 20, within=120)  # and nothing breaks when it comes back
    readers.finish()
    writers.finish(60)
    words, looks = written.longest(began, ended), readers.gap.longest(began, ended)
    print(
        f"{name}: {leader} → {cluster.leader()} after {taken_over:.1f} s; {len(writers.told)} told, {len(writers.refused)} refused in words; "
        f"no words taken for {words:.1f} s, no receipt read for {looks:.1f} s "
        f"(all the while afterwards {written.longest(ended, time.monotonic()):.1f} s); "
        f"{readers.looked} looks, {readers.refused} refused, slowest {readers.slowest:.1f} s",
        flush=True,
    )
    expect(not readers.missing, f"{name}: {len(readers.missing)} receipts that somebody was told were not known")
    expect(not writers.broken, f"{name}: {writers.broken} were not answered at all")
    expect(set(writers.refused) <= {503}, f"{name}: refused with {sorted(set(writers.refused))}")
    return words, looks, writers


def send_again(server, writers, told):
    for key in writers.not_told:
        status, answer = server.file(key)
        expect(status in (200, 201), f"sent again: {status} {answer}")
        told[key] = answer["number"]


def lost_of(cluster, told):
    """Those that are not there exactly once, on any of the three."""
    lost = set()
    for node in cluster.plan["nodes"]:
        stored = {}
        for number in cluster.ask("SELECT number FROM case_file", node=node):
            stored[number] = stored.get(number, 0) + 1
        lost |= {number for number in told.values() if stored.get(plain(number)) != 1}
    return lost


def main(program, rounds, through, asynchronous):
    missing = what_is_missing()
    if missing:
        print(f"skipped: {', '.join(missing)} not installed (packaging/ha/debian-packages.txt)")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="minhu-failover-") as folder:
        pathlib.Path(folder).chmod(0o755)
        data = pathlib.Path(folder) / "data"
        cluster = Cluster.make(pathlib.Path(folder) / "cluster", cables=True)
        server = None
        try:
            cluster.start(within=240)
            made = subprocess.run(
                [program, "init", "--data", str(data), "--storage", cluster.address(through), "--region", "339901", "--name", "青溪县",
                 "--organiser", "青溪县信访局", "--phone", "0579-00000000"],
                capture_output=True, text=True, timeout=240,
            )
            expect(made.returncode == 0, f"minhu init: {made.stderr}")
            server = Server(program, data, ready_within=60)
            if asynchronous:
                return show_that_it_bites(server, cluster)
            told, short = {}, []
            for _ in range(rounds):
                for fault in (killed, frozen, cut_off, changed_on_purpose):
                    words, looks, writers = hurt(server, cluster, fault)
                    told |= writers.told
                    send_again(server, writers, told)
                    if words > WRITES_BACK_WITHIN or looks > READS_BACK_WITHIN:
                        short.append(f"{fault.__name__}: writes {words:.1f} s, reads {looks:.1f} s")
            expect(server.stop(within=60) == 0, "the end was not clean")
            time.sleep(1)
            wrong = lost_of(cluster, told)
            expect(not wrong, f"{len(wrong)} of {len(told)} acknowledged are not there exactly once")
            expect(len(set(told.values())) == len(told), "two people were told the same number")
            done = subprocess.run([program, "rebuild", "--data", str(data)], capture_output=True, text=True, timeout=240)
            expect(" 0 different, 0 stray" in done.stdout, f"rebuild differs: {done.stdout}{done.stderr}")
            print(f"{len(told)} acknowledged, each there once, on all three servers")
            expect(not short, f"longer away than {WRITES_BACK_WITHIN:.0f} s for words or {READS_BACK_WITHIN:.0f} s for receipts: {short}")
        finally:
            if server is not None:
                server.kill()
            cluster.stop()
            if os.environ.get("MINHU_FAULTS_LOGS"):
                for log in cluster.folder.glob("*.log"):
                    shutil.copy(log, os.environ["MINHU_FAULTS_LOGS"])
    return 0


def show_that_it_bites(server, cluster):
    status, answer = cluster.rest(cluster.leader(), "PATCH", "/config", {"synchronous_mode": False, "synchronous_mode_strict": False})
    expect(status == 200, f"{status} {answer}")
    time.sleep(8)
    told = Writers(server)
    told.wait_for(30, within=120)
    leader = cluster.leader()
    heal = killed(cluster, leader)
    told.finish(120)
    while cluster.leader(but=[leader]) in (None, leader):
        time.sleep(0.2)
    heal()
    stored = set(cluster.ask("SELECT number FROM case_file"))
    lost = [number for number in told.told.values() if plain(number) not in stored]
    print(f"without waiting for a standby {len(lost)} of {len(told.told)} acknowledged are lost")
    expect(lost, "nothing was lost without waiting for a standby: this test cannot see losses")
    return 0


if __name__ == "__main__":
    chosen = sys.argv[2:]
    numbers = [int(one) for one in chosen if one.isdigit()]
    doors = [one for one in chosen if one in ("haproxy", "pgbouncer", "hosts")]
    sys.exit(main(sys.argv[1], numbers[0] if numbers else 1, doors[0] if doors else "haproxy", "asynchronous" in chosen))
