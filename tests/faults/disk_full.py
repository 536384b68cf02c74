#!/usr/bin/env python3
"""disk_full.py PROGRAM: the data folder fills up. New words are refused with 507 and a sentence, reading goes on, and
once there is room again, words are taken in; nothing that was acknowledged is lost.

Needs a small file system of its own (a tmpfs mounted by root); ends with 77 where that is not allowed."""

import os
import pathlib
import subprocess
import sys
import tempfile
import time
import uuid

from installation import Server, demo_county, expect, once_each, rebuild_is_equal

SKIPPED = 77
LONG = "路灯坏了两个多月，" * 200


def fill(path):
    """Takes the last free block."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 512):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                pass


def file_until_refused(server, told):
    for _ in range(20_000):
        key = str(uuid.uuid4())
        status, answer = server.file(key, LONG)
        if status != 201:
            return status, answer
        told[key] = answer["number"]
    return None, None


def main(program):
    mount = pathlib.Path(tempfile.mkdtemp(prefix="minhu-full-"))
    if os.geteuid() != 0 or subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "minhu", str(mount)], capture_output=True
    ).returncode:
        mount.rmdir()
        print("skipped: no file system may be mounted here")
        return SKIPPED
    try:
        with demo_county(program, mount) as data:
            server = Server(program, data)
            try:
                told = {}
                key = str(uuid.uuid4())
                status, answer = server.file(key)
                expect(status == 201, f"before: {status}")
                told[key] = answer["number"]
                fill(mount / "ballast")
                status, answer = file_until_refused(server, told)
                expect(status == 507, f"on a full disk: {status} {answer}")
                sentence = answer.get("detail") or answer.get("title")
                expect(sentence and len(sentence) > 8, f"no sentence: {answer}")
                for path in ("/", "/done", "/api/v1/places?search=%E6%9D%91", "/readyz"):
                    expect(server.ask("GET", path)[0] == 200, f"{path} is not served on a full disk")
                status, page = server.ask("GET", "/report/what")
                expect(status == 200 and "textarea" in page.decode(), "the page to write on is not served")

                (mount / "ballast").unlink()
                deadline = time.monotonic() + 10
                while True:
                    key = str(uuid.uuid4())
                    status, answer = server.file(key)
                    if status == 201:
                        told[key] = answer["number"]
                        break
                    expect(time.monotonic() < deadline, f"with room again: {status}")
                    time.sleep(0.1)
                expect(server.stop() == 0, "the end was not clean")
            finally:
                server.kill()
            once_each(told, data)
            rebuild_is_equal(program, data)
        print(f"{len(told)} acknowledged, all there; “{sentence}”")
        return 0
    finally:
        subprocess.run(["umount", str(mount)], check=False)
        mount.rmdir()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
