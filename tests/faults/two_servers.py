#!/usr/bin/env python3
"""two_servers.py PROGRAM [ROUNDS]: two servers on one PostgreSQL database, the keys of cases in a second one.

People write through both at once; what one takes in the other shows, a session of one is good at the other, the same request sent to both
is one case. Then the server that does the jobs is killed, and in the next round the one that does them is frozen for longer than its turn
lasts, and wakes up. Nothing that was acknowledged is lost, nothing is there twice, everybody who was answered meanwhile is told of it, no
message is sent again but one that was in hand, no checkpoint of the record goes back, and the record audits clean in the folders of both. Ends with 77 where no PostgreSQL is
installed."""

import collections
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid

from disks import SKIPPED
from installation import Refused, Server, Writers, demo_county, expect, plain
from office import Office
from postgresql import postgresql, programs
from whistleblower import invited, seated

TAKEN_OVER_WITHIN = 20.0  # a turn lasts ten seconds, and is looked at every two
FROZEN_FOR = 16.0
STOPPED_WITHIN = 30.0  # with its turn given up, on a busy machine
OURS = "this server does the jobs now"
ANSWERED_EACH_TIME = 5


def minhu(program, *arguments, code=0):
    done = subprocess.run([str(program), *map(str, arguments)], capture_output=True, text=True, timeout=240)
    expect(done.returncode == code, f"minhu {arguments[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def until(held, what, within):
    deadline = time.monotonic() + within
    while not held():
        expect(time.monotonic() < deadline, f"{what}: not within {within:.0f} s")
        time.sleep(0.1)
    return time.monotonic()


class County:
    """The two folders, the two databases, and whoever serves from them."""

    def __init__(self, program, database, first):
        self.program = program
        self.database = database
        self.folders = [pathlib.Path(first), pathlib.Path(first).parent / "second"]
        self.keys_address = database.address.replace("minhu@", "minhu_keys@").replace("/minhu?", "/minhu_keys?")
        self.servers = [None, None]

    def move_to_servers(self):
        self.database.run("psql", "-h", self.database.folder, "-U", "owner", "-d", "postgres", "-q", "-c", "CREATE ROLE minhu_keys LOGIN")
        self.database.run("psql", "-h", self.database.folder, "-U", "owner", "-d", "postgres", "-q", "-c", "CREATE DATABASE minhu_keys OWNER minhu_keys")
        first = self.folders[0]
        minhu(self.program, "migrate-storage", "--data", first, "--storage", self.database.address)
        told = minhu(self.program, "migrate-keys", "--data", first, "--key-storage", self.database.address, code=1)
        expect("the one of the data" in told, f"keys beside the data are not refused: {told}")
        minhu(self.program, "migrate-keys", "--data", first, "--key-storage", self.keys_address)
        expect(not (first / "keys.db").exists(), "the keys are still in their file")

    def make_folder(self, folder):
        """What docs/configuration.md says: four files, and nothing else."""
        folder.mkdir(mode=0o700)
        for name in ("minhu.toml", "minhu.key", "record.key", "record.policy"):
            shutil.copy2(self.folders[0] / name, folder / name)

    def make_second_folder(self):
        self.make_folder(self.folders[1])

    def start(self, which):
        self.servers[which] = Server(self.program, self.folders[which], options=("--trusted-proxy", "127.0.0.1"))
        return self.servers[which]

    def term(self):
        rows = self.database.ask("SELECT term FROM lease WHERE name = 'jobs' AND holder IS NOT NULL")
        return int(rows[0]) if rows else 0

    def leader(self):
        """Whose turn it is: the last of them that said so."""
        return max((0, 1), key=lambda which: self.said(which, OURS))

    def said(self, which, sentence):
        """When it said so last; the time is at the beginning of each line of its log."""
        lines = [line for line in self.servers[which].said if sentence in line] if self.servers[which] else []
        return max(lines, default="")

    def published(self, which):
        return size_in(self.folders[which] / "record/checkpoint")

    def asked(self, sql):
        return self.database.run("psql", "-h", self.database.folder, "-U", "owner", "-d", "minhu_keys", "-qAt", "-c", sql).splitlines()


def size_in(checkpoint):
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int(checkpoint.read_text().split("\n")[1])
    return 0


class Onlooker:
    """Looks at what both publish all the while: a checkpoint that goes back is kept."""

    def __init__(self, county):
        self.went_back = []
        self._county = county
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self):
        last = [0, 0]
        while not self._over.is_set():
            for which in (0, 1):
                now = self._county.published(which)
                if 0 < now < last[which]:
                    self.went_back.append((which, last[which], now))
                last[which] = max(now, last[which])
            time.sleep(0.02)

    def finish(self):
        self._over.set()
        self._thread.join(10)
        expect(not self.went_back, f"a checkpoint went back: {self.went_back[:3]}")


def receipts_are_read(writers, other):
    """What one server acknowledged the other shows, at once."""
    number, code = list(writers.codes.items())[-1]
    status, body = other.ask("GET", f"/api/v1/receipts/{number}", headers={"X-Query-Code": code})
    expect(status == 200, f"the other server does not show {number}: {status} {body[:200]}")


def same_request_at_both(county):
    """Somebody who hears nothing sends again, and comes to the other server: one case."""
    told = {}
    for _ in range(20):
        key = str(uuid.uuid4())
        numbers = [None, None]

        def send(which, key=key, numbers=numbers):
            status, answer = county.servers[which].file(key)
            expect(status in (200, 201), f"sent to both: {status} {answer}")
            numbers[which] = answer["number"]

        senders = [threading.Thread(target=send, args=(which,)) for which in (0, 1)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join(30)
        expect(numbers[0] is not None and numbers[0] == numbers[1], f"one request became {numbers}")
        told[key] = numbers[0]
    return told


class ToldByMail:
    """People who are answered while something happens to the servers, and want to be told by mail: it goes out at every hour, while a
    telephone rings by day only."""

    def __init__(self, county):
        self.addresses = []
        self._county = county
        self._office = Office(county.servers[0], "dispatcher")

    def answered(self, server):
        """A few more, who write to `server` and are answered at it."""
        self._office.server = server
        for _ in range(ANSWERED_EACH_TIME):
            address = f"somebody{len(self.addresses)}@mail.example"
            body = {"text": "路灯坏了三天。", "identity_level": "named",
                    "contact": {"name": "写信的人", "address": address, "way": "mail"}}
            headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
            status, raw = server.ask("POST", "/api/v1/cases", json.dumps(body), headers)
            expect(status == 201, f"words were refused: {status} {raw[:200]}")
            self._office.answer_on_spot(json.loads(raw)["number"], "灯已经换了。")
            self.addresses.append(address)

    def not_told(self):
        told = "".join(text for texts in messages(self._county).values() for text in texts)
        return [address for address in self.addresses if f'"{address}"' not in told]


def messages(county):
    """What both told, as text, by the id of the message: in an outbox a folder for each way, in it a file for each message."""
    told = collections.defaultdict(list)
    for folder in county.folders:
        for path in (folder / "outbox").glob("*/*.json"):
            with contextlib.suppress(FileNotFoundError):  # being written under another name
                told[path.name].append(path.read_text())
    return told


def sent_again(server, keys):
    """Whoever was told nothing sends the same again; the numbers by key."""
    told = {}
    for key in keys:
        status, answer = server.file(key)
        expect(status in (200, 201), f"sent again: {status} {answer}")
        told[key] = answer["number"]
    return told


def leader_killed(county, told, people):
    dies = county.leader()
    lives = 1 - dies
    term = county.term()
    writers = [Writers(county.servers[which], count=4) for which in (0, 1)]
    for each in writers:
        each.wait_for(20)
    people.answered(county.servers[dies])
    county.servers[dies].kill()
    people.answered(county.servers[lives])
    began = time.monotonic()
    taken = until(lambda: county.term() > term, "nobody took over from the killed one", TAKEN_OVER_WITHIN) - began
    until(lambda: county.said(lives, OURS), "the other does not know that it has the turn", 5)
    before = county.published(lives)
    until(lambda: county.published(lives) > before, "the record stands still", 15)
    writers[lives].wait_for(len(writers[lives].told) + 10)
    for each in writers:
        told |= each.finish()
    expect(not writers[lives].refused and not writers[lives].broken, f"the one that lives refused {writers[lives].refused}")
    told |= sent_again(county.servers[lives], writers[0].not_told + writers[1].not_told)
    county.start(dies)
    until(lambda: county.published(dies) >= before, "the one that came back does not follow", 30)
    print(f"   killed: {len(writers[0].told) + len(writers[1].told)} told, the jobs taken over after {taken:.1f} s")


def leader_frozen(county, told, people):
    sleeps = county.leader()
    awake = 1 - sleeps
    term = county.term()
    writers = [Writers(county.servers[which], count=4) for which in (0, 1)]
    for each in writers:
        each.wait_for(20)
    people.answered(county.servers[sleeps])
    os.kill(county.servers[sleeps].process.pid, signal.SIGSTOP)
    began = time.monotonic()
    try:
        people.answered(county.servers[awake])
        taken = until(lambda: county.term() > term, "nobody took over from the frozen one", TAKEN_OVER_WITHIN) - began
        before = county.published(awake)
        until(lambda: county.published(awake) > before, "the record stands still", 15)
        time.sleep(max(0.0, FROZEN_FOR - (time.monotonic() - began)))
    finally:
        os.kill(county.servers[sleeps].process.pid, signal.SIGCONT)
    after = county.published(awake)
    until(lambda: county.published(sleeps) >= after, "the one that slept does not follow", 30)
    expect(county.term() == term + 1, "the turn changed hands more than once")
    for each in writers:
        each.wait_for(len(each.told) + 10)
    for each in writers:
        told |= each.finish()
    told |= sent_again(county.servers[awake], writers[0].not_told + writers[1].not_told)
    expect(county.servers[sleeps].is_there(), "the one that slept has ended")
    print(
        f"   frozen: {len(writers[0].told) + len(writers[1].told)} told, {len(writers[awake].refused)} refused by the other, "
        f"the jobs taken over after {taken:.1f} s"
    )


def erased_everywhere(county, number, code):
    """Erased at the command line of the second machine's folder: gone at the first, and its key is gone."""
    case = county.database.ask(f"SELECT case_id FROM case_file WHERE number = '{plain(number)}'")[0]
    office = county.folders[0].parent / "office"
    county.make_folder(office)  # not a copy of the whole: the server writes there
    minhu(county.program, "erase", "--data", office, number, "--basis", "PIPL-47")
    for server in county.servers:
        status, _ = server.ask("GET", f"/api/v1/receipts/{number}", headers={"X-Query-Code": code})
        expect(status in (200, 404, 410), f"an erased case: {status}")
    return case


def nothing_lost_or_double(county, told):
    stored = collections.Counter(county.database.ask("SELECT number FROM case_file"))
    expect(len(set(told.values())) == len(told), "two people were told the same number")
    wrong = [number for number in told.values() if stored[plain(number)] != 1]
    expect(not wrong, f"{len(wrong)} of {len(told)} acknowledged are not there exactly once")


def messages_once(county, in_hand):
    """A message is told before that it was told can be written down, one after the other: whoever is killed or frozen in between may have
    one in hand, which the next one tells again, the same under the same id, so that a gateway can drop it (features/messages/README.md)."""
    told = messages(county)
    expect(told, "no message was sent, so that none could be sent twice")
    again = [texts for texts in told.values() if len(texts) > 1]
    expect(len(again) <= in_hand, f"{len(again)} of {len(told)} messages were sent twice, {in_hand} could have been in hand")
    expect(all(len(set(texts)) == 1 for texts in again), "a message that was sent again is not the same")
    return len(told), len(again)


def main(program, rounds):
    if not programs():
        print("skipped: no PostgreSQL is installed (package postgresql-15)")
        return SKIPPED
    with postgresql() as database, demo_county(program) as first:
        county = County(program, database, first)
        county.move_to_servers()
        token = invited(program, first, "two.handler", "周明")
        county.make_second_folder()
        told = {}
        try:
            for which in (0, 1):
                county.start(which)
            refused = subprocess.run([program, "serve", "--data", str(first), "--port", "0"], capture_output=True, text=True, timeout=60)
            expect(refused.returncode != 0 and "another minhu is using" in refused.stderr, f"a third one in the same folder: {refused.stderr}")
            until(lambda: county.term() > 0, "nobody does the jobs", 10)

            handler = seated(county.servers[0], token)
            handler.server = county.servers[1]
            handler.ask("GET", "/api/v1/queues")

            people = ToldByMail(county)
            onlooker = Onlooker(county)
            told |= same_request_at_both(county)
            writers = [Writers(county.servers[which], count=4) for which in (0, 1)]
            for each in writers:
                each.wait_for(40)
            receipts_are_read(writers[0], county.servers[1])
            receipts_are_read(writers[1], county.servers[0])
            for each in writers:
                told |= each.finish()
                expect(not each.refused and not each.broken, f"refused {each.refused}, broken {each.broken}")
            number, code = next(iter(writers[0].codes.items()))
            erased = erased_everywhere(county, number, code)
            for _ in range(rounds):
                leader_killed(county, told, people)
                leader_frozen(county, told, people)
            handler.ask("GET", "/api/v1/queues")

            leaves = county.leader()
            term = county.term()
            began = time.monotonic()
            expect(county.servers[leaves].stop(within=STOPPED_WITHIN) == 0, "the end was not clean")
            expect(county.term() != term, "whoever ends cleanly keeps its turn")  # 0 while nobody has it
            until(lambda: county.term() > term, "after a clean end nobody takes over", TAKEN_OVER_WITHIN)
            print(f"   a clean end: taken over after {time.monotonic() - began:.1f} s")
            settled = int(county.database.ask("SELECT size FROM record_head")[0])
            until(lambda: county.published(1 - leaves) >= settled, "what was signed is not published", 20)
            until(lambda: erased not in county.asked("SELECT case_id FROM kept_key"), "the key of the erased case is still there", 30)
            # Who takes the turn over moves what waits; stopped before the end of that it would leave the rest where it is.
            until(lambda: not county.database.ask("SELECT 1 FROM case_key LIMIT 1"), "keys are not moved into their database", 60)
            until(lambda: not people.not_told(), "somebody who was answered is not told", 60)
            onlooker.finish()
            expect(county.servers[1 - leaves].stop(within=STOPPED_WITHIN) == 0, "the end was not clean")
        finally:
            for server in county.servers:
                if server:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(server.process.pid, signal.SIGCONT)
                    server.kill()
        nothing_lost_or_double(county, told)
        sent, again = messages_once(county, in_hand=2 * rounds)
        lacking = set(county.database.ask("SELECT case_id FROM case_file")) - set(county.asked("SELECT case_id FROM kept_key"))
        expect(lacking <= {erased}, f"{len(lacking)} cases without a key")
        expect(not county.database.ask("SELECT 1 FROM information_schema.tables WHERE table_name IN ('kept_key', 'wrapping_key')"),
               "the database of the data has tables of keys")
        for folder in county.folders:
            expect(" 0 different, 0 stray" in minhu(program, "rebuild", "--data", folder), f"rebuild differs in {folder.name}")
        # Whoever was not leading at the end lacks what was published after it stopped; serving again, it has it.
        follows = county.start(leaves)
        until(lambda: county.published(leaves) >= settled, "the first to stop does not follow", 20)
        expect(follows.stop(within=STOPPED_WITHIN) == 0, "the end was not clean")
        for folder in county.folders:
            audited = minhu(program, "record", "audit", "--data", folder)
            expect(" 0 findings" in audited, audited)
        print(f"   {len(told)} acknowledged through two servers, each there once; {sent} messages, {again} of them again; the record is one")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1))
    except Refused as why:
        print(f"   {why}")
        sys.exit(1)
