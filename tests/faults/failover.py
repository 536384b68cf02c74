#!/usr/bin/env python3
"""failover.py PROGRAM [ROUNDS] [haproxy|pgbouncer|hosts] [asynchronous] [FAULT …]: eight people write and four look at their receipts, while
something happens to the servers (three of PostgreSQL under Patroni, packaging/ha). The faults, all of them unless some are named: `killed`,
`killed_one_behind`, `frozen`, `cut_off`, `changed_on_purpose` are done to the one that writes, `standby_frozen` to one that follows,
`killed_while_alone` to all three: then nobody may take over, but what was told before is on the two that are left.

Whatever somebody was told is there once, on each of the three servers, and nothing else is: whoever was told nothing sends it again and is there
once, too. Words are taken again within 30 s, and receipts, also those told in the last moment, can be read within 5 s. `asynchronous` turns the
waiting for a standby off: then something must get lost, or this test cannot see losses. Ends with 77 where Patroni, etcd, HAProxy or PgBouncer are
not installed."""

import collections
import http.client
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "packaging" / "ha"))
from cluster import Cluster, what_is_missing  # noqa: E402  (lies beside the files that it fills)
from disks import SKIPPED  # noqa: E402
from installation import Server, Writers, expect, plain, rebuild_is_equal  # noqa: E402
from postgresql import new_county  # noqa: E402

WRITES_BACK_WITHIN = 30.0
READS_BACK_WITHIN = 5.0
STANDBY_AWAY_FOR = 12.0
STOPPED_WITHIN = 30.0
SILENT_FOR = 0.7  # its followers hear nothing of the last commits, before it is gone


def silence(cluster, leader, how_many=2):
    """Freezes what sends to the standbys: whatever is acknowledged from here on without waiting for one is on one machine only."""
    fed = cluster.ask("SELECT pid FROM pg_stat_replication ORDER BY sync_state = 'sync' DESC, pid", database="postgres", node=leader)
    expect(len(fed) == 2, f"{len(fed)} of two standbys are fed")
    cluster.send([int(one) for one in fed[:how_many]], signal.SIGSTOP)
    time.sleep(SILENT_FOR)


def killed(cluster, leader):
    silence(cluster, leader)
    cluster.send(cluster.everything_of(leader), signal.SIGKILL)
    return lambda: cluster.start_patroni(leader)


def killed_one_behind(cluster, leader):
    """One standby has got more of the log than the other. Where that one does not take over, it has to be rewound before it can follow."""
    silence(cluster, leader, how_many=1)
    cluster.send(cluster.everything_of(leader), signal.SIGKILL)
    return lambda: cluster.start_patroni(leader)


def frozen(cluster, leader):
    everything = cluster.everything_of(leader)
    cluster.send(everything, signal.SIGSTOP)
    return lambda: cluster.send([*everything, *cluster.everything_of(leader)], signal.SIGCONT)


def cut_off(cluster, leader):
    """It lives, and believes that it leads, but nobody hears it: neither etcd nor a standby nor HAProxy. It still reaches the others."""
    cable = [cluster.process(f"{leader}.cable")]
    cluster.send(cable, signal.SIGSTOP)
    return lambda: cluster.send(cable, signal.SIGCONT)


def changed_on_purpose(cluster, leader):
    status, answer = cluster.rest(leader, "POST", "/switchover", {"leader": leader}, timeout=60)
    expect(status == 200, f"no switchover: {status} {answer}")
    return lambda: None


def standby_frozen(cluster, leader):
    """Until the leader stops waiting for it, nobody is told anything."""
    standby = cluster.with_role("sync_standby", but=[leader])
    everything = cluster.everything_of(standby)
    cluster.send(everything, signal.SIGSTOP)
    return lambda: cluster.send([*everything, *cluster.everything_of(standby)], signal.SIGCONT)


def killed_while_alone(cluster, leader):
    """Two faults at once: both standbys are silent for longer than the leader waits for them, and then it is killed, as if for ever."""
    standbys = [one for node in cluster.plan["nodes"] if node != leader for one in cluster.everything_of(node)]
    cluster.send(standbys, signal.SIGSTOP)
    time.sleep(STANDBY_AWAY_FOR)
    cluster.send(cluster.everything_of(leader), signal.SIGKILL)
    cluster.send(standbys, signal.SIGCONT)
    return lambda: cluster.start_patroni(leader)


FAULTS = (killed, killed_one_behind, frozen, cut_off, changed_on_purpose, standby_frozen, killed_while_alone)
LEADER_STAYS = (standby_frozen,)


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


def wait_until_another_leads(cluster, leader):
    deadline = time.monotonic() + 120
    while (successor := cluster.leader(but=[leader])) in (None, leader):
        expect(time.monotonic() < deadline, "nobody has taken over within two minutes")
        time.sleep(0.1)
    return successor


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
    if fault in LEADER_STAYS:
        time.sleep(STANDBY_AWAY_FOR)
        leads = f"{leader} stays"
    else:
        # Where it was frozen or cut off, until another leads: what goes on over old connections is no takeover.
        successor = wait_until_another_leads(cluster, leader)
        leads = f"{leader} → {successor} after {time.monotonic() - began:.1f} s"
    writers.wait_for(max(count, len(writers.told)) + 40, within=120)
    ended = time.monotonic()
    heal()
    cluster.wait_until_whole(180)
    writers.wait_for(len(writers.told) + 20, within=120)  # and nothing breaks when it comes back
    readers.finish()
    writers.finish(60)
    words, looks = written.longest(began, ended), readers.gap.longest(began, ended)
    print(
        f"{name}: {leads}; {len(writers.told)} told, {len(writers.refused)} refused in words; "
        f"no words taken for {words:.1f} s, no receipt read for {looks:.1f} s "
        f"(all the while afterwards {written.longest(ended, time.monotonic()):.1f} s); "
        f"{readers.looked} looks, {readers.refused} refused, slowest {readers.slowest:.1f} s",
        flush=True,
    )
    expect(not readers.missing, f"{name}: {len(readers.missing)} receipts that somebody was told were not known")
    expect(not writers.broken, f"{name}: {writers.broken} were not answered at all")
    expect(set(writers.refused) <= {503}, f"{name}: refused with {sorted(set(writers.refused))}")
    return words, looks, writers


def leave_alone(server, cluster):
    """Whatever the leader told while nobody followed it would be on its disk alone. How long people are away is not promised here."""
    writers = Writers(server)
    writers.wait_for(30, within=120)
    leader = cluster.leader()
    heal = killed_while_alone(cluster, leader)
    told = {plain(number) for number in list(writers.told.values())}
    left = [node for node in cluster.plan["nodes"] if node != leader]
    deadline = time.monotonic() + 60
    for node in left:
        while lost := told - set(cluster.ask("SELECT number FROM case_file", node=node)):
            expect(time.monotonic() < deadline, f"{len(lost)} of {len(told)} told by a leader that was left alone are not on {node}")
            time.sleep(0.2)
    expect(cluster.leader(but=[leader]) in (None, leader), "one took over that nobody knows to have everything")
    heal()
    cluster.wait_until_whole(180)
    writers.wait_for(len(writers.told) + 20, within=120)
    writers.finish(60)
    print(f"killed while alone: {len(told)} told before, each on {' and '.join(left)}; {len(writers.told) - len(told)} told afterwards", flush=True)
    return writers


def send_again(server, writers, told):
    for key in writers.not_told:
        status, answer = server.file(key)
        expect(status in (200, 201), f"sent again: {status} {answer}")
        told[key] = answer["number"]


def told_is_what_is_there(cluster, told):
    """On each server of the cluster: every number that somebody was told, once, and no other; how many servers there are."""
    expect(len(set(told.values())) == len(told), "two people were told the same number")
    numbers = {plain(number) for number in told.values()}
    cluster.wait_until_whole(180)
    nodes = cluster.wait_until_all_have_it()
    for node in nodes:
        stored = collections.Counter(cluster.ask("SELECT number FROM case_file", node=node))
        lost = [number for number in numbers if stored[number] != 1]
        expect(not lost, f"{len(lost)} of {len(told)} acknowledged are not exactly once on {node}")
        expect(set(stored) == numbers, f"{len(set(stored) - numbers)} on {node} that nobody was told of")
    return len(nodes)


def main(program, rounds, through, asynchronous, faults):
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
            new_county(program, data, cluster.address(through))
            server = Server(program, data, ready_within=60)
            if asynchronous:
                return show_that_it_bites(server, cluster)
            told, short = {}, []
            for _ in range(rounds):
                for fault in faults:
                    words, looks, writers = (0.0, 0.0, leave_alone(server, cluster)) if fault is killed_while_alone else hurt(server, cluster, fault)
                    told |= writers.told
                    send_again(server, writers, told)
                    if words > WRITES_BACK_WITHIN or looks > READS_BACK_WITHIN:
                        short.append(f"{fault.__name__}: writes {words:.1f} s, reads {looks:.1f} s")
            servers = told_is_what_is_there(cluster, told)
            print(f"{len(told)} acknowledged, each of them once and nothing else on each of {servers} servers", flush=True)
            expect(server.stop(within=STOPPED_WITHIN) == 0, "the end was not clean")
            rebuild_is_equal(program, data)
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
    wait_until_another_leads(cluster, leader)
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
    only = [fault for fault in FAULTS if fault.__name__ in chosen]
    sys.exit(main(sys.argv[1], numbers[0] if numbers else 1, doors[0] if doors else "haproxy", "asynchronous" in chosen, only or FAULTS))
