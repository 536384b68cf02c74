#!/usr/bin/env python3
"""hostile_bodies.py PROGRAM [ROUNDS]: bodies that are meant to break the program: a length of 1 GiB, JSON a hundred
thousand levels deep, a form of a hundred thousand parts, files that become large, a file of petitions that is none. Each is refused with a clear
error, the process lives, and its memory stays where it was."""

import contextlib
import gzip
import io
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time
import uuid
import zipfile
import zlib

from installation import Server, demo_county, expect

MEMORY_MAY_GROW_KIB = 64 * 1024
JSON = {"Content-Type": "application/json"}


def raw(server, head, body=b"", timeout=20.0):
    """Sends bytes as they are; the status of the answer, or None when the connection was closed without one."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=timeout) as connection:
        try:
            connection.sendall(head.encode() + b"\r\n\r\n")
            for at in range(0, len(body), 1 << 16):
                connection.sendall(body[at : at + (1 << 16)])
        except OSError:
            pass  # refused before all of it was sent
        answer = b""
        try:
            while b"\r\n" not in answer:
                piece = connection.recv(4096)
                if not piece:
                    break
                answer += piece
        except ConnectionResetError:
            pass
    return int(answer.split()[1]) if answer else None


def a_gibibyte(server):
    head = f"POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: {uuid.uuid4()}\r\nContent-Length: {1 << 30}"
    status = raw(server, head)
    expect(status == 413, f"a length of 1 GiB: {status}")


def deep_json(server):
    for body in ("[" * 100_000, '{"a":' * 10_000, '{"text":' + "[" * 9_000 + "]" * 9_000 + "}"):
        status, answer = server.ask("POST", "/api/v1/cases", body, {**JSON, "Idempotency-Key": str(uuid.uuid4())})
        expect(status in (400, 413, 422), f"deep JSON: {status} {answer[:200]}")
        expect(len(answer) > 40, "deep JSON is refused without a sentence")


def a_hundred_thousand_parts(server):
    part = b'--b\r\nContent-Disposition: form-data; name="words"\r\n\r\nx\r\n'
    body = part * 100_000 + b"--b--\r\n"
    for path in ("/report/what", "/jubao", "/api/v1/cases/with_files"):
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            f"Idempotency-Key: {uuid.uuid4()}\r\nContent-Length: {len(body)}"
        )
        status = raw(server, head, body)
        expect(status is not None and 400 <= status < 500, f"100,000 parts to {path}: {status}")


def broken_heads(server):
    for head, what in (
        ("POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked", "two lengths"),
        ("POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: -1", "a negative length"),
        ("GET /" + "a" * 200_000 + " HTTP/1.1\r\nHost: x", "an endless address"),
        ("GET / HTTP/1.1\r\n" + "\r\n".join(f"X-{n}: y" for n in range(20_000)), "20,000 headers"),
    ):
        status = raw(server, head)
        expect(status is None or 400 <= status < 500, f"{what}: {status}")


def an_endless_stream(server):
    """Pieces of a length that nobody announced: refused long before a gibibyte."""
    head = (
        f"POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: {uuid.uuid4()}\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    ).encode()
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        with contextlib.suppress(OSError):
            connection.sendall(head)
            while sent < 1 << 30:
                connection.sendall(piece)
                sent += len(piece)
    expect(sent < 256 << 20, f"{sent >> 20} MiB of an endless body were read")


def upload(server, name, kind, content, **headers):
    body = (
        b'--b\r\nContent-Disposition: form-data; name="case"\r\n\r\n{"text":"a lamp"}\r\n'
        + f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'.encode()
        + content
        + b"\r\n--b--\r\n"
    )
    head = {"Content-Type": "multipart/form-data; boundary=b", "Idempotency-Key": str(uuid.uuid4()), **headers}
    return server.ask("POST", "/api/v1/cases/with_files", body, head, timeout=60)


def small_files_that_become_large(server):
    """A picture of 50,000 by 50,000 points, a gibibyte of nothing in an archive that says it is a document, a packed body."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    flood = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    flood += chunk(b"IDAT", zlib.compress(bytes(8 << 20), 9)) + chunk(b"IEND", b"")
    status, answer = upload(server, "flood.png", "image/png", flood)
    expect(status in (413, 415, 422, 503) and len(answer) > 60, f"a picture of 2.5 billion points: {status} {answer[:200]}")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w", force_zip64=True) as inside:
        for _ in range(64):
            inside.write(bytes(1 << 20))
    document = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    status, answer = upload(server, "bomb.docx", document, archive.getvalue())
    expect(status in (201, 413, 415, 422) and len(answer) > 60, f"an archive that swells: {status} {answer[:200]}")
    packed = gzip.compress(b'{"text":"' + b"a" * (4 << 20) + b'"}')
    headers = {**JSON, "Idempotency-Key": str(uuid.uuid4()), "Content-Encoding": "gzip"}
    status, answer = server.ask("POST", "/api/v1/cases", packed, headers)
    expect(400 <= status < 500, f"a packed body: {status} {answer[:200]}")


def slow_people(server):
    """Connections that say nothing do not keep others out."""
    idle = [socket.create_connection(("127.0.0.1", server.port), timeout=5) for _ in range(200)]
    try:
        for connection in idle:
            connection.sendall(b"POST /api/v1/cases HTTP/1.1\r\nHost: x\r\n")
        began = time.monotonic()
        status, _ = server.ask("GET", "/")
        expect(status == 200 and time.monotonic() - began < 2, "200 silent connections keep others out")
    finally:
        for connection in idle:
            connection.close()


def no_petitions(program):
    """Files that are no file of petitions."""
    with demo_county(program) as data, tempfile.TemporaryDirectory(prefix="minhu-csv-") as folder:
        for name, text in (
            ("empty", b""),
            ("binary", bytes(range(256)) * 400),
            ("other columns", "甲,乙\n一,二\n".encode()),
            ("an open quote", b'id,title,detail,time,likes\n1,"' + b"a" * 300_000),
            ("not UTF-8", b"id,title,detail,time,likes\n1,\xff\xfe,\xc3\x28,2019-02-01 08:00:00,0\n"),
        ):
            path = pathlib.Path(folder) / "petitions.csv"
            path.write_bytes(text)
            done = subprocess.run(
                [str(program), "import", "petitions", str(path), "--data", str(data)], capture_output=True, text=True, timeout=60
            )
            told = (done.stdout + done.stderr).strip()
            rejected = "rejected" in told and "rejected 0" not in told
            expect(done.returncode >= 0 and (done.returncode != 0 or rejected), f"{name}: ended with {done.returncode}: {told[:300]}")
            expect(len(told) > 20, f"{name}: nothing says what is wrong: {told!r}")


def main(program, rounds):
    hostile = (a_gibibyte, an_endless_stream, small_files_that_become_large, deep_json, a_hundred_thousand_parts, broken_heads, slow_people)
    with demo_county(program) as data:
        server = Server(program, data)
        try:
            for attack in hostile:  # once, so that what is kept for later is there
                attack(server)
            before = server.resident_kib()
            for _ in range(rounds):
                for attack in hostile:
                    attack(server)
                    expect(server.is_there(), f"{attack.__name__} ended the process")
            grown = server.resident_kib() - before
            expect(server.file(str(uuid.uuid4()))[0] == 201, "the server takes words no more")
            expect(not any((data / "spool").iterdir()), "parts of refused bodies are left behind")
            expect(server.stop() == 0, "the end was not clean")
        finally:
            server.kill()
    no_petitions(program)
    print(f"memory {before // 1024} MiB, {grown // 1024:+d} MiB after {rounds} more rounds")
    expect(grown <= MEMORY_MAY_GROW_KIB, f"memory grew by {grown} KiB")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2)
