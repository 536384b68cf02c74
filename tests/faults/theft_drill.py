#!/usr/bin/env python3
"""theft_drill.py PROGRAM: people leave words, names, telephones and addresses; one answer is written, one draft is begun,
one case is erased. Then somebody takes the database with its log, a copy of it, what it logged, the outbox and the
spool, but not the keys: none of the canaries is in any of it, in no form that text can have without a key.

But one: a message that waits in the outbox for a person to carry it says to which address, and nothing else. It is
looked at by itself: the address of whoever was answered, and no other canary."""

import base64
import contextlib
import http.cookiejar
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid

from installation import Server, demo_county, expect
from office import Office

# One of each kind for each of a few people; nothing of them occurs in the demo county or in the program.
PEOPLE = 6


def person(n):
    return {
        "text": f"金丝雀{n}号在言语里，桥头的井盖松了{n * 7}天。",
        "name": f"欧阳金丝雀{n}",
        "phone": f"1990000{n:04d}",
        # The first is told by mail, which goes out at every hour.
        "address": "jinsique-canary@mail.example" if n == 1 else f"金丝雀路{n}弄77号",
        "place_words": f"金丝雀{n}号的老槐树下",
    }


ANSWER = "金丝雀在答复里：井盖已经换了。"
DRAFT = "金丝雀在没有提交的草稿里。"


def forms_of(text):
    """Every form in which a text could lie in a file without a key."""
    yield "as it is", text.encode()
    yield "UTF-16LE", text.encode("utf-16-le")
    yield "UTF-16BE", text.encode("utf-16-be")
    yield "GB18030", text.encode("gb18030")
    yield "percent", urllib.parse.quote(text).encode()
    yield "JSON", json.dumps(text)[1:-1].encode()
    yield "hex", text.encode().hex().encode()
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + text.encode())
        yield "base64", whole[4 if shift else 0 : -4]


def canaries():
    for n in range(1, PEOPLE + 1):
        yield from person(n).values()
    yield from (ANSWER, DRAFT)


def found_in(folder):
    """Each canary in each form in each file."""
    wanted = [(canary, form, needle) for canary in canaries() for form, needle in forms_of(canary)]
    hits = []
    searched = 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        searched += path.stat().st_size
        content = path.read_bytes()
        hits += [f"{path.name}: {canary} ({form})" for canary, form, needle in wanted if needle in content]
    return hits, searched


def file_words(server, n):
    one = person(n)
    body = {
        "text": one["text"],
        "place_words": one["place_words"],
        "contact": {"name": one["name"], "phone": one["phone"], "address": one["address"], "way": "mail" if n == 1 else "sms"},
        "identity_level": "named" if n % 2 else "confidential",
        "may_be_called": True,
    }
    connection = server.connect()
    try:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        connection.request("POST", "/api/v1/cases", json.dumps(body), headers)
        answer = connection.getresponse()
        raw = json.loads(answer.read())
        expect(answer.status == 201, f"words were refused: {answer.status} {raw}")
        return raw["number"]
    finally:
        connection.close()


def begin_draft(server):
    """The first page of the way in, left there."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    base = f"http://127.0.0.1:{server.port}"
    browser.open(f"{base}/report/what", timeout=20).read()
    fields = urllib.parse.urlencode({"words": DRAFT}).encode()
    browser.open(urllib.request.Request(f"{base}/report/what", fields, {"Origin": base}), timeout=20).read()


def wait_for_a_message(outbox, within=20.0):
    deadline = time.monotonic() + within
    while not any(path.is_file() for path in outbox.rglob("*")):
        expect(time.monotonic() < deadline, "no message about the answer came into the outbox")
        time.sleep(0.1)


def everything_but_keys(data, into):
    for path in data.rglob("*"):
        if path.is_file() and not path.name.startswith(("minhu.key", "keys.")) and "keys.copies" not in path.parts:
            there = into / path.relative_to(data)
            there.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):  # gone since the folder was listed: the server writes in it
                shutil.copyfile(path, there)


def main(program):
    began = time.monotonic()
    loot = pathlib.Path(tempfile.mkdtemp(prefix="minhu-loot-"))
    try:
        with demo_county(program, cases=60) as data:
            server = Server(program, data)
            try:
                numbers = [file_words(server, n) for n in range(1, PEOPLE + 1)]
                begin_draft(server)
                Office(server, "dispatcher").answer_on_spot(numbers[0], ANSWER)
                wait_for_a_message(data / "outbox")
                everything_but_keys(data, loot / "while it runs")
            finally:
                expect(server.stop() == 0, "the end was not clean")
            (loot / "log").write_text("".join(server.said))
            erase(program, data, numbers[1])
            everything_but_keys(data, loot / "after it stopped")
            # And the other half of the keys: without minhu.key the key store opens nothing either.
            for path in data.glob("keys.*"):
                if path.is_file():
                    shutil.copyfile(path, loot / path.name)
        messages = [path for path in loot.rglob("*") if path.is_file() and "outbox" in path.parts]
        expect(messages, "no message was sent: the drill did not reach the outbox")
        for message in messages:
            said = message.read_text().replace(person(1)["address"], "")
            expect(not any(canary in said for canary in canaries()), "a message says more than where it goes")
            message.unlink()
        hits, searched = found_in(loot)
        expect(not hits, f"{len(hits)} found: {hits[:5]}")
        # The search does find what is there.
        (loot / "control").write_bytes(b"....".join(needle for _, needle in forms_of(person(1)["name"])))
        hits, _ = found_in(loot)
        expect(len(hits) >= 10, f"the search is blind: {hits}")
    finally:
        shutil.rmtree(loot, ignore_errors=True)
    count = len(list(canaries()))
    print(f"{count} canaries, 0 found in {searched / 1e6:.1f} MB, {time.monotonic() - began:.1f} s")


def erase(program, data, number):
    done = subprocess.run(
        [str(program), "erase", number, "--data", str(data), "--basis", "drill"], capture_output=True, text=True, timeout=60
    )
    expect(done.returncode == 0, f"erase: {done.stderr}")


if __name__ == "__main__":
    main(sys.argv[1])
