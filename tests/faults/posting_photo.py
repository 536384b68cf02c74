#!/usr/bin/env python3
"""posting_photo.py PROGRAM: the photo of a notice board is the proof that a visit was posted. It comes with a backup and onto a
database server, byte for byte; the audit says whether it is there, another one or gone; one that is replaced is destroyed."""

import hashlib
import json
import pathlib
import shutil
import struct
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
import zlib

from backup_restored import Desk
from installation import Server, database_of, demo_county, expect
from office import Office
from postgresql import postgresql, programs

PLACE = "taken at 29.2 N, 119.5 E"


def png(shade):
    """A picture of 64 × 48 of one colour, with words in it that nobody needs."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + bytes([shade, 120, 90]) * 64) * 48
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0))
        + chunk(b"tEXt", b"Comment\0" + PLACE.encode())
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class Clerk(Office):
    def with_photos(self, path, step, photos):
        boundary = uuid.uuid4().hex
        parts = [("step", None, json.dumps(step).encode())] + [("file", "board.png", photo) for photo in photos]
        body = b""
        for name, file_name, content in parts:
            named = f'; filename="{file_name}"' if file_name else ""
            body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + content + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        headers = {
            "Cookie": self._cookie,
            "Idempotency-Key": str(uuid.uuid4()),
            "X-Minhu-Desk": "1",
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        }
        status, raw = self.server.ask("POST", path, body, headers, timeout=60)
        return status, json.loads(raw)


def planned(office):
    """A day ten days ahead, planned by whoever asks."""
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 10 * 86400))
    [line, *_] = office.ask("GET", "/api/v1/visits")["visits"]
    visit = {
        "form": "going_down",
        "unit": line["unit"]["id"],
        "leader": {"name": "沈国平", "post": "县长", "portfolio": "县政府全面工作", "rank": "county_head"},
        "place": line["place"]["code"],
        "place_words": "文化礼堂",
        "begins": f"{day}T09:00:00+08:00",
        "ends": f"{day}T12:00:00+08:00",
        "capacity": 6,
        "walk_in_quota": 1,
        "accessibility": "一楼",
    }
    return "/api/v1/visits/" + office.ask("POST", "/api/v1/visits", visit)["line"]["id"], day


def published(clerk, visit, shade):
    """The answer, after the board was photographed."""
    step = {
        "postings": [
            {"channel": "board", "where": "村口公告栏", "photo": 1},
            {"channel": "broadcast", "where": "村广播", "proof": "早晚各一次"},
            {"channel": "web", "where": "县政府网站", "proof": "首页"},
        ]
    }
    status, answer = clerk.with_photos(f"{visit}/steps/published/with_files", step, [png(shade)])
    expect(status == 200, f"a photo is refused: {status} {answer}")
    return answer["postings"][0]["photo"]


def seen_by_everybody(server, photo):
    status, picture = server.ask("GET", photo["path"])
    expect(status == 200, f"the photo is not shown: {status}")
    expect(hashlib.sha256(picture).hexdigest() == photo["sha256"], "it is not named by its hash")
    expect(picture.startswith(b"\xff\xd8\xff") and PLACE.encode() not in picture, "it is not written anew")
    return picture


def audit(program, data, day, code):
    process = subprocess.run(
        [str(program), "visits", "audit", "--data", str(data), "--from", day, "--to", day],
        capture_output=True, text=True, timeout=120,
    )
    said = process.stdout + process.stderr
    expect(process.returncode == code, f"the audit ended with {process.returncode}: {said}")
    return said


def backed_up_and_restored(desk, data, day, photo, picture):
    shutil.copy(data / "minhu.key", desk.root / "secrets")
    if (data / "record.key").exists():
        shutil.copy(data / "record.key", desk.root / "secrets")
    desk.run(*desk.backup_words(data))
    [source], [keys] = desk.made("data backups"), desk.made("key backups")
    restored = desk.root / "restored"
    desk.restore(source, "--data", restored, "--keys", keys, "--secrets", desk.root / "secrets", "--verify")
    expect("1 photos of postings are there and unaltered" in audit(desk.program, restored, day, 0), "the backup lost it")
    server = Server(desk.program, restored)
    try:
        expect(seen_by_everybody(server, photo) == picture, "the restored photo is another one")
    finally:
        server.stop()
    return restored


def lost(program, data, day):
    """Somebody with the database in hand takes it away."""
    with sqlite3.connect(database_of(data)) as connection:
        # Of the day alone: nothing else of the demo county is evidence of an office without a case.
        gone = connection.execute(
            "DELETE FROM content WHERE role = 'evidence' AND media_type = 'image/jpeg' "
            "AND case_id NOT IN (SELECT case_id FROM case_file)"
        ).rowcount
    expect(gone == 1, f"{gone} photos were taken away")
    said = audit(program, data, day, 1)
    expect("0 photos of postings are there and unaltered, 1 were replaced" in said, f"the audit does not say so: {said}")
    expect("1 findings" in said, f"the audit does not name it: {said}")


def replaced(server, photo):
    clerk = Clerk(server, "clerk")
    visit = "/api/v1/visits/" + photo["path"].split("/")[2]
    fields = {"photo": photo["sha256"], "reason": "有人入镜"}
    status, answer = clerk.with_photos(f"{visit}/steps/photo_replaced/with_files", {"fields": fields}, [png(200)])
    expect(status == 200, f"it is not replaced: {status} {answer}")
    expect(server.ask("GET", photo["path"])[0] == 404, "it is shown all the same")
    seen_by_everybody(server, answer["postings"][0]["photo"])


def replaced_is_not_missing(program, data, day):
    said = audit(program, data, day, 0)
    expect("1 photos of postings are there and unaltered, 1 were replaced" in said, f"replaced is not missing: {said}")


def on_a_server(program, data, day, photo, picture):
    if not programs():
        return "no PostgreSQL here (package postgresql-15)"
    with postgresql() as database:
        moved = subprocess.run(
            [str(program), "migrate-storage", "--data", str(data), "--storage", database.address],
            capture_output=True, text=True, timeout=240,
        )
        expect(moved.returncode == 0, f"it does not move: {moved.stdout}{moved.stderr}")
        expect("1 photos of postings are there and unaltered" in audit(program, data, day, 0), "the move lost it")
        server = Server(program, data)
        try:
            expect(seen_by_everybody(server, photo) == picture, "the moved photo is another one")
            replaced(server, photo)
        finally:
            server.stop()
        replaced_is_not_missing(program, data, day)
    return "moved to PostgreSQL and replaced there"


def main(program):
    root = pathlib.Path(tempfile.mkdtemp(prefix="minhu-photos-"))
    try:
        with demo_county(program) as data:
            desk = Desk(program, root)
            server = Server(program, data)
            try:
                clerk = Clerk(server, "dispatcher")
                visit, day = planned(clerk)
                photo = published(clerk, visit, 40)
                picture = seen_by_everybody(server, photo)
            finally:
                server.stop()
            restored = backed_up_and_restored(desk, data, day, photo, picture)
            server = Server(program, restored)
            try:
                replaced(server, photo)
            finally:
                server.stop()
            replaced_is_not_missing(program, restored, day)
            lost(program, restored, day)
            moved = on_a_server(program, data, day, photo, picture)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(f"a photo of {len(picture)} bytes: restored from a backup, replaced, missed when it was taken away; {moved}")


if __name__ == "__main__":
    main(sys.argv[1])
