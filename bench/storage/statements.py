#!/usr/bin/env python3
"""statements.py SERVER.LOG: one intake as the server logged it, as a script for pgbench.

The statements are the same; whatever must be unique (ids, numbers, tokens, digests) is drawn anew for every run. The statements of
the machinery (settings, lock, savepoints, mark) are left out: a bare program needs none of them.
"""
import re
import sys

STATEMENT = re.compile(r"(?:execute <unnamed>|statement): (.*)", re.S)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
MACHINERY = re.compile(r"SELECT set_config|SELECT pg_advisory|SAVEPOINT|RELEASE|ROLLBACK TO|INSERT INTO storage_mark|SELECT number FROM "
                       r"storage_mark")
LONGEST_DRAWN = 64  # bytes: ids (16), hashes and tokens (32); longer ones are sealed words


def transactions(log):
    """[[(sql, {number: literal})]] by backend, in the order of their COMMIT."""
    entries = re.split(r"^(?=\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\] )", log, flags=re.M)
    open_ones, done = {}, []
    for entry in entries:
        head = re.match(r"\S+ \S+ \w+ \[(\d+)\] (\w+):\s+(.*)", entry, re.S)
        if not head:
            continue
        pid, kind, text = head.groups()
        if kind == "LOG" and (found := STATEMENT.search(text)):
            sql = " ".join(found.group(1).split())
            if sql.startswith("BEGIN"):
                open_ones[pid] = []
            elif sql.startswith("COMMIT") and pid in open_ones:
                done.append(open_ones.pop(pid))
            elif pid in open_ones and not MACHINERY.match(sql):
                open_ones[pid].append([sql, {}])
        elif kind == "DETAIL" and text.startswith("parameters:") and open_ones.get(pid):
            open_ones[pid][-1][1] = {int(number): value for number, value in PARAMETER.findall(text)}
    return done


def intake(log):
    """The last transaction that put exactly one receipt."""
    for statements in reversed(transactions(log)):
        if sum(sql.startswith("INSERT INTO receipt(") for sql, _ in statements) == 1:
            return statements
    sys.exit("the log holds no intake of one case")


def script(statements):
    drawn, lines = {}, []

    def value(literal, sql):
        if literal is None or literal == "NULL":
            return "NULL"
        hexadecimal = re.fullmatch(r"'\\x([0-9a-f]*)'", literal)
        if hexadecimal and 32 <= len(hexadecimal.group(1)) <= 2 * LONGEST_DRAWN:
            name = drawn.setdefault(literal, f"v{len(drawn)}")
            words = len(hexadecimal.group(1)) // 16
            return "decode(" + "||".join(f"lpad(to_hex(:{name}::bigint),16,'0')" for _ in range(words)) + ",'hex')"
        if hexadecimal:
            return f"'\\x{hexadecimal.group(1)}'::bytea"
        if re.fullmatch(r"'-?\d{1,18}'", literal) and "receipt" in sql and len(literal) < 10:
            name = drawn.setdefault(("serial", literal), f"v{len(drawn)}")
            return f":{name}::bigint" if re.search(r"serial", sql) else literal
        return literal

    for sql, parameters in statements:
        filled = re.sub(r"\$(\d+)", lambda found: value(parameters.get(int(found.group(1))), sql), sql)
        lines.append(filled + ";")
    sets = [f"\\set {name} random(1, 9000000000000000000)" for name in drawn.values()]
    return "\n".join(sets + ["BEGIN;"] + lines + ["COMMIT;"]) + "\n"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        print(script(intake(file.read())), end="")
