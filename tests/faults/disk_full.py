#!/usr/bin/env python3
"""disk_full.py PROGRAM: the data folder fills up. New words are refused with 507 and a sentence, reading goes on, and
within five seconds after there is room again, words are taken in; nothing that was acknowledged is lost. Then the folder
of uploads alone, and the public files of the record alone.

Needs small file systems of its own (tmpfs, mounted by root); ends with 77 where that is not allowed."""

import subprocess
import sys
import time
import uuid

from disks import SKIPPED, MayNot, in_memory
from installation import Server, demo_county, expect, once_each, rebuild_is_equal

TAKEN_AGAIN_WITHIN = 5.0  # seconds after there is room
RECORD_AGAIN_WITHIN = 20.0
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


def taken_again(server, told):
    """Seconds until words are taken in, once there is room."""
    began = time.monotonic()
    while True:
        key = str(uuid.uuid4())
        status, answer = server.file(key)
        if status == 201:
            told[key] = answer["number"]
            return time.monotonic() - began
        expect(time.monotonic() - began < TAKEN_AGAIN_WITHIN, f"with room again: {status}")
        time.sleep(0.1)


def everything_is_full(program, mount):
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
            took = taken_again(server, told)
            expect(server.stop() == 0, "the end was not clean")
        finally:
            server.kill()
        once_each(told, data)
        rebuild_is_equal(program, data)
    print(f"{len(told)} acknowledged, all there; taken again after {took:.1f} s; “{sentence}”")


def uploads_have_no_room(program):
    """The folder where files arrive is a full disk of its own: files are refused in words, words are taken in."""
    with demo_county(program) as data, in_memory("1m", data / "spool") as spool:
        server = Server(program, data)
        try:
            fill(spool / "ballast")
            body = (
                b'--b\r\nContent-Disposition: form-data; name="case"\r\n\r\n{"text":"the lamp is broken"}'
                b'\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
                + bytes(400_000)
                + b"\r\n--b--\r\n"
            )
            headers = {"Content-Type": "multipart/form-data; boundary=b", "Idempotency-Key": str(uuid.uuid4())}
            status, answer = server.ask("POST", "/api/v1/cases/with_files", body, headers)
            expect(status in (503, 507) and len(answer) > 60, f"a file without room: {status} {answer[:200]}")
            expect(server.file(str(uuid.uuid4()))[0] == 201, "words are refused because files have no room")
            expect([path.name for path in spool.iterdir()] == ["ballast"], "parts of refused files are left behind")
            expect(server.stop() == 0, "the end was not clean")
        finally:
            server.kill()
    print(f"no room for files: {status} in words, and words are taken in")


def the_record_has_no_room(program):
    """The public files of the record have no room: words are taken in, and the record goes on when there is."""
    with demo_county(program) as data:
        (data / "record").mkdir(exist_ok=True)
        with in_memory("1m", data / "record") as small:
            server = Server(program, data)
            told = {}
            try:
                fill(small / "ballast")
                for _ in range(20):
                    key = str(uuid.uuid4())
                    status, answer = server.file(key)
                    expect(status == 201, f"words are refused because the record has no room: {status} {answer}")
                    told[key] = answer["number"]
                time.sleep(2)  # the record tries meanwhile
                (small / "ballast").unlink()
                began = time.monotonic()
                receipt = {"proof": answer["proof"], "code": answer["query_code"]}
                while server.ask("GET", receipt["proof"], headers={"X-Query-Code": receipt["code"]})[0] != 200:
                    expect(time.monotonic() - began < RECORD_AGAIN_WITHIN, "with room again the record stands still")
                    time.sleep(0.1)
                took = time.monotonic() - began
                expect(server.stop() == 0, "the end was not clean")
            finally:
                server.kill()
            once_each(told, data)
            audit = subprocess.run([program, "record", "audit", "--data", str(data)], capture_output=True, text=True, timeout=60)
            expect(audit.returncode == 0, f"the record does not fit: {audit.stdout[-500:]}{audit.stderr}")
    print(f"no room for the record: {len(told)} taken in; it goes on {took:.1f} s after there is room")


def main(program):
    try:
        with in_memory("24m") as mount:
            everything_is_full(program, mount)
        uploads_have_no_room(program)
        the_record_has_no_room(program)
    except MayNot as why:
        print(f"skipped: {why}")
        return SKIPPED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
