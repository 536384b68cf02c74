#!/usr/bin/env python3
"""whistleblower.py PROGRAM: somebody reports wrongdoing with a marked address, agent, referrer, text, name and photo, comes
back with the code, and a handler opens and answers. Afterwards every file of the installation, of the spool and of the
logs is searched for these marks, as they are and in the shapes they may hide in: 0 hits. Answers of a right and a wrong
code have one size, and their times are no better than chance at telling them apart."""

import base64
import contextlib
import hashlib
import hmac
import json
import pathlib
import re
import statistics
import struct
import subprocess
import sys
import threading
import time
import uuid

from installation import Refused, Server, demo_county, expect

ADDRESS = "203.0.113.77"
AGENT = "WhistleAgent/7.31 (zq-agent-mark)"
REFERRER = "https://zq-referrer-mark.example/whence"
WORDS = "王主任让我们交两千块钱才给盖章 zq-words-mark 收条在我手里。"
MORE = "收条放在娘家 zq-more-mark。"
NAME = "陈秋菊zq-name-mark"
CONTACT = "13800009911"
ANSWER = "请把收条留好 zq-answer-mark。"
REASON = "要当面核实 zq-reason-mark"
PASSPHRASE = "seven herons over the weir"
PASSWORD = "meadow lark at dawn"
MARKED = {"X-Forwarded-For": ADDRESS, "X-Forwarded-Proto": "https", "User-Agent": AGENT, "Referer": REFERRER}
PAIRS = 20


def form(fields):
    boundary = "zz"
    body = b""
    for name, value in fields:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if isinstance(value, bytes):
            head += '; filename="zq-file-mark.txt"\r\nContent-Type: text/plain'
        body += head.encode() + b"\r\n\r\n" + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={boundary}"}


class Reporter:
    def __init__(self, server):
        self.server = server

    def ask(self, method, path, fields=None):
        body, headers = form(fields) if fields else (None, {})
        connection = self.server.connect(60)
        with contextlib.closing(connection):
            connection.request(method, path, body, {**MARKED, **headers, "Sec-Fetch-Site": "same-origin"})
            answer = connection.getresponse()
            page = answer.read()
        expect(answer.getheader("Set-Cookie") is None, f"{method} {path} sets a cookie")
        expect("no-store" in answer.getheader("Cache-Control", ""), f"{method} {path} may be kept")
        return answer.status, page.decode()


def between(text, start, end):
    at = text.index(start) + len(start)
    return text[at : text.index(end, at)]


def totp(secret, at=None):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int(at or time.time()) // 30)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Official:
    """Signs in as the desk does; the cookie is kept by hand."""

    def __init__(self, server):
        self.server = server
        self.cookie = ""

    def ask(self, method, path, body=None, expected=(200, 201, 202, 204)):
        headers = {"X-Minhu-Desk": "1", "X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https"}
        headers |= {"Idempotency-Key": str(uuid.uuid4()), "Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = self.server.connect(60)
        with contextlib.closing(connection):
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            told = answer.read()
            given = answer.getheader("Set-Cookie")
        if given and "Max-Age=0" not in given:
            self.cookie = given.split(";")[0]
        expect(answer.status in expected, f"{method} {path}: {answer.status} {told[:300]}")
        return json.loads(told) if told and told[:1] in b"{[" else told


def invited(program, data, login, name):
    """A link for a handler of the housing department, made before the server runs."""
    made = subprocess.run(
        [str(program), "account", "add", "--data", str(data), "--login", login, "--name", name, "--role",
         "handler", "--unit", "housing"],
        capture_output=True, text=True, timeout=60,
    )
    expect(made.returncode == 0, f"account add: {made.stderr}")
    return re.search(r"#(\S+)", made.stdout + made.stderr).group(1)


def seated(server, token):
    who = Official(server)
    who.ask("POST", "/api/v1/invitation/accept", {"token": token, "password": PASSWORD})
    secret = who.ask("POST", "/api/v1/session/enrolment")["secret"]
    who.ask("POST", "/api/v1/session/code", {"code": totp(secret)})
    return who


def in_many_shapes(mark):
    plain = mark.encode()
    shapes = {plain, plain.hex().encode(), base64.b64encode(plain)[:-3], mark.encode("utf-16-le")}
    shapes.add("".join(f"%{byte:02X}" for byte in plain).encode())
    if re.fullmatch(r"[0-9.]+", mark) and mark.count(".") == 3:
        shapes |= {hashlib.sha256(plain).digest(), hashlib.sha256(plain).hexdigest().encode()}
        shapes |= {bytes(int(part) for part in mark.split(".")) + b"\x00" * 12}
    return shapes


def search(folders, lines, marks):
    hits = []
    for folder in folders:
        for path in pathlib.Path(folder).rglob("*"):
            if not path.is_file():
                continue
            content = path.read_bytes()
            for what, mark in marks.items():
                if any(shape in content for shape in in_many_shapes(mark)):
                    hits.append(f"{what} in {path.name}")
    for line in lines:
        hits += [f"{what} in the log" for what, mark in marks.items() if mark in line]
    return hits


def auc(right, wrong):
    """How well the time tells them apart: 0.5 is chance."""
    better = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong)
    return better / (len(right) * len(wrong))


def main():
    program = pathlib.Path(sys.argv[1])
    with demo_county(program) as data:
        token = invited(program, data, "whistle.handler", "周明")
        second_token = invited(program, data, "whistle.second", "郑安")
        server = Server(program, data, options=("--trusted-proxy", "127.0.0.1"))
        try:
            handler = seated(server, token)
            second = seated(server, second_token)
            security = Official(server)
            login = next(pair for role, pair in server.logins.items() if role == "security_admin")
            security.ask("POST", "/api/v1/session", {"login": login[0], "password": login[1]})
            accounts = security.ask("GET", "/api/v1/accounts")["accounts"]
            for who, login in ((handler, "whistle.handler"), (second, "whistle.second")):
                account = next(one["id"] for one in accounts if one["login"] == login)
                security.ask("PUT", f"/api/v1/accusation_handlers/{account}")
                who.ask("PUT", "/api/v1/accusations/key", {"password": PASSWORD, "passphrase": PASSPHRASE})

            # ---- the session
            reporter = Reporter(server)
            status, page = reporter.ask("GET", "/jubao")
            expect(status == 200 and "周明" in page, f"the page does not say who can open it: {status}")
            token = between(page, 'name="token" value="', '"')
            photo = b"zq-photo-mark " * 20_000  # larger than what a server usually holds in memory
            fields = [("token", token), ("words", WORDS), ("level", "named"), ("name", NAME), ("contact", CONTACT),
                      ("originals", "yes"), ("photos", photo)]
            status, page = reporter.ask("POST", "/jubao", fields)
            expect(status == 200, f"filing: {status} {page[:2000]}")
            code = between(page, '<dd class="code num">', "</dd>")
            status, page = reporter.ask("POST", "/jubao/look", [("code", code)])
            expect(status == 200 and WORDS in page, f"looking after it: {status}")
            more = [("pass", between(page, 'name="pass" value="', '"')), ("token", between(page, 'name="token" value="', '"')),
                    ("words", MORE)]
            status, page = reporter.ask("POST", "/jubao/look", more)
            expect(status == 200 and MORE in page, f"saying more: {status}")

            # ---- the handler
            report = handler.ask("GET", "/api/v1/accusations")["reports"][0]["id"]
            secret = {"passphrase": PASSPHRASE}
            opened = handler.ask("POST", f"/api/v1/accusations/{report}/open", secret)
            expect(opened["words"] == WORDS and opened["messages"][0]["words"] == MORE, "the handler reads something else")
            name = f"/api/v1/accusations/{report}/name"
            handler.ask("POST", f"{name}/request", {**secret, "reason": REASON})
            handler.ask("POST", name, secret, expected=(409,))
            second.ask("POST", f"{name}/decision", {**secret, "agreed": True})
            who = handler.ask("POST", name, secret)
            expect(who["name"] == NAME, "the handler reads another name")
            handler.ask("POST", f"/api/v1/accusations/{report}/answers", {**secret, "words": ANSWER})
            status, page = reporter.ask("POST", "/jubao/look", [("code", code)])
            expect(ANSWER in page and REASON in page, "the reporter does not read the answer and the reason")

            # ---- answers tell nothing by size or time
            sizes, times = set(), {True: [], False: []}
            for n in range(PAIRS):
                for right in (True, False) if n % 2 else (False, True):
                    began = time.monotonic()
                    _, page = reporter.ask("POST", "/jubao/look", [("code", code if right else f"{n:024d}")])
                    times[right].append(time.monotonic() - began)
                    sizes.add(len(page.encode()))
            expect(len(sizes) == 1, f"answers have sizes {sorted(sizes)}")
            told_apart = auc(times[True], times[False])

            marks = {"address": ADDRESS, "agent": "zq-agent-mark", "referrer": "zq-referrer-mark", "words": "zq-words-mark",
                     "more": "zq-more-mark", "name": "zq-name-mark", "contact": CONTACT, "answer": "zq-answer-mark",
                     "reason": "zq-reason-mark", "photo": "zq-photo-mark", "file name": "zq-file-mark", "code": code,
                     "code without blanks": code.replace(" ", ""), "passphrase": PASSPHRASE, "in Chinese": "收条"}
            figures = server.ask("GET", "/metrics")[1].decode()
            expect("jubao" not in figures, "figures say when somebody was there")
            hits = search([pathlib.Path(data).parent], server.said, marks)
        finally:
            server.stop()
        hits += search([pathlib.Path(data).parent], server.said, marks)
        expect(not hits, f"{len(hits)} hits: {sorted(set(hits))}")
        rows = sum(path.stat().st_size for path in pathlib.Path(data).rglob("*") if path.is_file())
    print(f"   0 hits of {len(marks)} marks in {rows >> 10} KiB; {2 * PAIRS} answers of {sizes.pop()} bytes; right and wrong codes told "
          f"apart by time: {told_apart:.2f} (0.5 is chance); median {statistics.median(times[True]):.2f} and "
          f"{statistics.median(times[False]):.2f} s")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refused as why:
        print(f"   {why}")
        sys.exit(1)
