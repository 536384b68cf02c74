#!/usr/bin/env python3
"""backup_restored.py PROGRAM [ROUNDS]: the drill. A server is backed up while people write to it, killed, and brought back
out of the backup on another place: whatever somebody was told before the backup began is there, the record is whole, and
signs nothing until whoever runs it has said so. A backup that lost or changed a byte is refused. Killed at any moment,
or on a full disk, a backup leaves no file under its name and none of the older ones changed. A trial that is ended leaves
nothing of what it opened, and one that is killed nothing beyond the next trial. A volume is filled as a folder is."""

import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid

from disks import MayNot, in_memory
from installation import WORDS, Server, Writers, demo_county, expect, numbers_in


class Desk:
    """Whoever makes backups: the program, and the key that a safe would hold."""

    def __init__(self, program, root):
        self.program = str(program)
        self.root = root
        self.key = root / "backup.key"
        self.run("backup-key", "--out", self.key)
        for name in ("data backups", "key backups", "secrets"):
            (root / name).mkdir()

    def start(self, *words, **how):
        return subprocess.Popen(
            [self.program, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how
        )

    def run(self, *words, code=0):
        process = self.start(*words)
        out, said = process.communicate(timeout=120)
        expect(process.returncode == code, f"minhu {words[0]} ended with {process.returncode}: {out}{said}")
        return out + said

    def backup_words(self, data):
        return (
            *("backup", "--data", data, "--to", self.root / "data backups", "--key-file", f"{self.key}.pub"),
            *("--keys-to", self.root / "key backups"),
        )

    def restore(self, source, *words, code=0):
        return self.run("restore", "--from", source, "--key-file", self.key, *words, code=code)

    def made(self, which):
        return sorted(file for file in (self.root / which).glob("minhu-*Z.*") if file.suffix in (".data", ".keys"))


def plain(numbers):
    return {number.removeprefix("MH-").replace("-", "") for number in numbers}


def refused(desk, source, because):
    where = desk.root / "refused"
    said = desk.restore(source, "--data", where, code=1)
    expect(because in said, f"it does not say why: {said}")
    expect(not where.exists() and not list(desk.root.glob("refused*")), "a refused backup left something behind")


def back_up_under_load(desk, data):
    """Gives what was acknowledged before the backup began."""
    server = Server(desk.program, data)
    try:
        writers = Writers(server, count=4)
        writers.wait_for(40)
        before = dict(writers.told)
        desk.run(*desk.backup_words(data))
        during = len(writers.told) - len(before)
        writers.wait_for(len(before) + during + 10)
    finally:
        server.kill()
    writers.finish()
    expect(during > 0, "nobody was answered while the backup was made")
    expect(not writers.refused, f"somebody was refused: {writers.refused[:3]}")
    return before, during


def published(server):
    status, body = server.ask("GET", "/record/checkpoint")
    return int(body.split(b"\n")[1]) if status == 200 else 0


def record_waits_for_a_person(desk, restored):
    mark = restored / "record.restored.txt"
    expect(mark.is_file(), "a record without witnesses is not held")
    server = Server(desk.program, restored)
    try:
        first = published(server)
        status, receipt = server.file(str(uuid.uuid4()))
        expect(status == 201, f"words are refused after a restore: {status}")
        time.sleep(1.5)
        expect(published(server) == first, "it signed before anybody said so")
    finally:
        server.stop()
    said = desk.run("record", "status", "--data", restored, code=1)
    expect("stopped" in said and "record.restored" in said, f"the status does not say why: {said}")
    mark.unlink()
    server = Server(desk.program, restored)
    try:
        deadline = time.monotonic() + 20
        while published(server) <= first:
            expect(time.monotonic() < deadline, "the record does not go on")
            time.sleep(0.1)
    finally:
        server.stop()
    desk.run("record", "audit", "--data", restored)


def drill(desk, data):
    before, during = back_up_under_load(desk, data)
    for name in ("minhu.key", "record.key"):
        shutil.copy(data / name, desk.root / "secrets" / name)
    [source], [keys] = desk.made("data backups"), desk.made("key backups")
    inside = source.read_bytes() + keys.read_bytes()
    expect(WORDS.encode() not in inside and b"case_file" not in inside, "the backup can be read without its key")

    restored = desk.root / "restored"
    with_keys = ("--keys", keys, "--secrets", desk.root / "secrets")
    began = time.monotonic()
    said = desk.restore(source, "--data", restored, *with_keys, "--verify")
    took = time.monotonic() - began
    expect(", 0 do not open" in said or " 0 do not open" in said or "0 件打不开" in said, f"words do not open: {said}")
    expect(" 0 findings" in said, f"it was not audited: {said}")
    stored = numbers_in(restored)
    lost = [number for number in plain(before.values()) if stored.get(number) != 1]
    expect(not lost, f"{len(lost)} of {len(before)} acknowledged before the backup are not in it")
    record_waits_for_a_person(desk, restored)

    desk.restore(source, "--data", restored, code=1)  # not over what is there
    desk.restore(source, "--verify", *with_keys)  # a trial
    return source, len(before), during, took


def spoiled(desk, source):
    whole = source.read_bytes()
    copy = desk.root / "spoiled.data"
    chance = random.Random(len(whole))
    for place in [0, 20, 200, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(4))]:
        altered = bytearray(whole)
        altered[place] ^= 1
        copy.write_bytes(altered)
        refused(desk, copy, copy.name)
    for size in (0, 100, 119 + 65553, len(whole) - 1):
        copy.write_bytes(whole[:size])
        refused(desk, copy, copy.name)
    other = desk.root / "other.key"
    desk.run("backup-key", "--out", other)
    said = desk.run("restore", "--from", source, "--key-file", other, "--verify", code=1)
    expect(source.name in said, said)
    # Whoever has the public key alone can write a file, but not as this installation.
    foreign = desk.root / "foreign"
    foreign.mkdir(mode=0o700)
    (foreign / "minhu.key").write_text("07" * 32 + "\n")
    (foreign / "minhu.key").chmod(0o600)
    said = desk.restore(source, "--verify", "--secrets", foreign, code=1)
    expect("minhu.key" in said, said)


def digests(files):
    return {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def killed(desk, data, rounds):
    """Killed at any moment: what has a name is whole, and what was there is as it was."""
    chance = random.Random(rounds)
    began = time.monotonic()
    time.sleep(1.1)  # names are of a second
    desk.run(*desk.backup_words(data))
    usual = time.monotonic() - began - 1.1
    left = 0
    for _ in range(rounds):
        before = digests([*desk.made("data backups"), *desk.made("key backups")])
        process = desk.start(*desk.backup_words(data))
        time.sleep(chance.uniform(0, usual))
        process.kill()
        process.communicate()
        after = digests([*desk.made("data backups"), *desk.made("key backups")])
        expect(all(after.get(file) == digest for file, digest in before.items()), "an older backup was changed")
        for file in after.keys() - before.keys():
            left += 1
            if file.suffix == ".data":
                desk.restore(file, "--verify")
        time.sleep(0.3)
    time.sleep(1)
    desk.run(*desk.backup_words(data))
    expect(not list(desk.root.rglob("*.unfinished")), "what killed backups had begun is still there")
    return left


def ended_trials(desk, source):
    """What is open for the time of a trial is in no folder afterwards, however somebody ended it."""
    place = desk.root / "trials"
    place.mkdir()
    [keys, *_] = desk.made("key backups")
    words = ("restore", "--from", source, "--keys", keys, "--key-file", desk.key, "--secrets", desk.root / "secrets", "--verify")

    def begun():
        trial = desk.start(*words, env={**os.environ, "TMPDIR": str(place)})
        deadline = time.monotonic() + 20
        while not list(place.glob("*/minhu.db")):
            expect(trial.poll() is None and time.monotonic() < deadline, "the trial brings nothing")
            time.sleep(0.002)
        return trial

    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        trial = begun()
        trial.send_signal(ending)
        said = trial.communicate(timeout=20)[1]
        expect(trial.returncode == 1, f"ended by {ending.name}: {trial.returncode} {said}")
        expect(not list(place.iterdir()), f"{ending.name} left what was opened: {list(place.iterdir())}")
    trial = begun()
    trial.kill()
    trial.communicate()
    expect(list(place.iterdir()), "nothing was under way when it was killed")
    trial = desk.start(*words, env={**os.environ, "TMPDIR": str(place)})
    out, said = trial.communicate(timeout=120)
    expect(trial.returncode == 0, f"a trial after a killed one: {out}{said}")
    expect(not list(place.iterdir()), "what a killed trial had opened is still there")


def no_trial_on_a_server(desk, source):
    """What it brought there would stay."""
    said = desk.restore(source, "--verify", "--storage", "postgresql://127.0.0.1:1/nowhere", code=1)
    expect("--data" in said and "--storage" in said, f"a trial goes to a server: {said}")


def key_is_in_the_safe(desk):
    """Whoever makes a key again where one is in use is refused."""
    used = desk.root / "used.key"
    desk.run("backup-key", "--out", used)
    public = pathlib.Path(f"{used}.pub")
    before = public.read_bytes()
    used.unlink()
    desk.run("backup-key", "--out", used, code=1)
    expect(public.read_bytes() == before and not used.exists(), "another key took the place of the one in use")


def a_volume(desk, source):
    """As in a container: the folder of data is mounted, and nothing can be renamed onto it."""
    volume = desk.root / "volume"
    volume.mkdir()
    try:
        with in_memory("64m", volume):
            desk.restore(source, "--data", volume)
            expect((volume / "minhu.db").is_file() and not list(volume.glob(".*")), f"not filled: {list(volume.iterdir())}")
            desk.restore(source, "--data", volume, code=1)  # not over what is there
    except MayNot as why:
        return f"not tried ({why})"
    return "filled"


def too_small(desk, data, small):
    words = ("backup", "--data", data, "--to", small, "--key-file", f"{desk.key}.pub")
    said = desk.run(*words, code=1)
    expect("full" in said or "满" in said, f"it does not say that the disk is full: {said}")
    expect(not list(small.iterdir()), "a full disk left half a backup")
    said = desk.restore(desk.made("data backups")[0], "--data", small / "restored", code=1)
    expect("MB" in said, f"it does not say how much room is needed: {said}")
    expect(not list(small.iterdir()), f"a full disk left half a folder: {said}")


def full_disk(desk, data):
    """A file system of its own that is too small; only where root may mount one."""
    small = desk.root / "small"
    small.mkdir()
    try:
        with in_memory("256k", small):
            too_small(desk, data, small)
    except MayNot as why:
        return f"not tried ({why})"
    return "said, and nothing left"


def main(program, rounds):
    root = pathlib.Path(tempfile.mkdtemp(prefix="minhu-backups-"))
    try:
        with demo_county(program) as data:
            desk = Desk(program, root)
            source, told, during, took = drill(desk, data)
            spoiled(desk, source)
            no_trial_on_a_server(desk, source)
            ended_trials(desk, source)
            key_is_in_the_safe(desk)
            volume = a_volume(desk, source)
            left = killed(desk, data, rounds)
            disk = full_disk(desk, data)
        size = source.stat().st_size
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(
        f"{told} acknowledged before, {during} during the backup, {size / 1e6:.1f} MB; restored, opened and audited in {took:.1f} s; "
        f"killed {rounds} times, {left} whole; full disk: {disk}; a volume: {volume}"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 4)
