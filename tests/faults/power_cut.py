#!/usr/bin/env python3
"""power_cut.py PROGRAM [ROUNDS]: the current goes while eight people write, ROUNDS times on each file system that can be made here
(ext4; xfs where mkfs.xfs is installed). What was not made durable is really gone: the file system is shut down without flushing
its log, and mounted again from its file. Whatever somebody was told is there afterwards, once, and opens with its code;
the record fits.

Then the same with a database that flushes its log at checkpoints only (not_synced.c): there, words must get lost, or this test
would show nothing. Ends with 77 where nothing may be mounted."""

import pathlib
import random
import subprocess
import sys
import tempfile
import time

from disks import SKIPPED, MayNot, disk
from installation import Server, Writers, demo_county, expect, numbers_in, once_each, plain, rebuild_is_equal

KINDS = ("ext4", "xfs")
CONTROL_ROUNDS_AT_MOST = 12


def cut_once(program, device, data, chance, before=()):
    """Writes, cuts, comes back: what was told, and their codes."""
    server = Server(program, data, before=before)
    writers = Writers(server)
    try:
        writers.wait_for(chance.randrange(20, 120))
        time.sleep(chance.random() * 0.3)
        device.cut()
    finally:
        server.kill()
    told = writers.finish()
    device.unmount()
    device.mount()
    return told, writers.codes


def audited(program, data):
    done = subprocess.run([str(program), "record", "audit", "--data", str(data)], capture_output=True, text=True, timeout=120)
    expect(done.returncode == 0, f"the record does not fit: {done.stdout[-800:]}{done.stderr[-400:]}")


def durable(program, kind, rounds, chance):
    with disk(kind) as device, demo_county(program, device.folder) as data:
        subprocess.run(["sync", "-f", str(device.folder)], check=True)
        told, codes, slowest = {}, {}, 0.0
        for _ in range(rounds):
            more, opened_by = cut_once(program, device, data, chance)
            told |= more
            codes |= opened_by
            once_each(told, data)
            server = Server(program, data)
            slowest = max(slowest, server.ready_after)
            try:
                number = chance.choice(sorted(more.values()))
                status, _ = server.ask("GET", f"/api/v1/receipts/{number}", headers={"X-Query-Code": codes[number]})
                expect(status == 200, f"a receipt that was given out does not open: {status}")
            finally:
                expect(server.stop() == 0, "the end was not clean")
        rebuild_is_equal(program, data)
        audited(program, data)
    print(f"{kind}: the current went {rounds} times, 0 of {len(told)} acknowledged lost, slowest start {slowest:.2f} s")


def not_durable(program, kind, chance):
    """Some of what was told must be gone after a few cuts; the first loss is enough."""
    with tempfile.TemporaryDirectory(prefix="minhu-shim-") as folder:
        shim = pathlib.Path(folder) / "not_synced.so"
        built = subprocess.run(
            ["cc", "-shared", "-fPIC", "-o", str(shim), str(pathlib.Path(__file__).with_name("not_synced.c"))], capture_output=True, text=True
        )
        expect(built.returncode == 0, f"not_synced.c: {built.stderr}")
        acknowledged = 0
        for attempt in range(1, CONTROL_ROUNDS_AT_MOST + 1):
            with disk(kind) as device, demo_county(program, device.folder) as data:
                subprocess.run(["sync", "-f", str(device.folder)], check=True)
                told, _ = cut_once(program, device, data, chance, before=["env", f"LD_PRELOAD={shim}"])
                acknowledged += len(told)
                stored = numbers_in(data)
                lost = sum(plain(number) not in stored for number in told.values())
                if lost:
                    print(f"{kind}, log not flushed: {lost} of {acknowledged} acknowledged lost in cut {attempt}, as must be")
                    return
    raise AssertionError(f"{kind}: {acknowledged} words and {attempt} cuts without a loss, although nothing was flushed: the test shows nothing")


def main(program, rounds):
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    print(f"seed {seed}")
    tried = 0
    for kind in KINDS:
        try:
            durable(program, kind, rounds, chance)
            not_durable(program, kind, chance)
            tried += 1
        except MayNot as why:
            print(f"skipped: {why}")
    return 0 if tried else SKIPPED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2))
