#!/usr/bin/env python3
"""statements.py SERVER.LOG: one intake as the server logged it (log_statement = all), as a script for pgbench.

The statements are those of the program, in their order. Two intakes are laid beside each other: a value that is the same in both is written
as it is, one that differs is drawn anew for every run, the same wherever the intake had the same:
  * ids grow with time like those of the program, so that pgbench fills an index at its end, too;
  * numbers that count (of receipts, of places in the record) count on for each client, from where $base (pgbench -D) says;
  * hashes, tokens and printed numbers are random; times, sealed words and what an event holds stay what they were.
The statements of the machinery (settings, lock, savepoints, mark) are left out: a bare program needs none of them.
"""
import re
import sys

STATEMENT = re.compile(r"(?:execute (?:<unnamed>|minhu_[0-9]+)|statement): (.*)", re.S)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
MACHINERY = re.compile(r"SELECT set_config|SELECT pg_advisory|SAVEPOINT|RELEASE|ROLLBACK TO|INSERT INTO storage_mark|SELECT number FROM "
                       r"storage_mark")
OF_AN_ID = 16  # bytes
OF_A_HASH = 32
TIMES = range(10**12, 10**13)  # ms since 1970, in our century
LONGEST_NUMBER = 32  # characters; texts that are longer are what an event holds, and need not differ
EACH_CLIENT = 10**7  # as many runs of the script


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
                open_ones[pid].append((sql, {}))
        elif kind == "DETAIL" and text.startswith("parameters:") and open_ones.get(pid):
            open_ones[pid][-1][1].update({int(number): value for number, value in PARAMETER.findall(text)})
    return done


def two_intakes(log):
    """The last two transactions that did the same and put exactly one receipt."""
    found = [statements for statements in transactions(log) if sum(sql.startswith("INSERT INTO receipt(") for sql, _ in statements) == 1]
    for one, other in zip(reversed(found[:-1]), reversed(found)):
        if [sql for sql, _ in one] == [sql for sql, _ in other]:
            return one, other
    sys.exit("the log does not hold two intakes that did the same")


class Drawn:
    def __init__(self):
        self.names = {}  # literal: name of the variable of pgbench

    def name(self, literal):
        return self.names.setdefault(literal, f"v{len(self.names)}")

    def value(self, literal):
        if hexadecimal := re.fullmatch(r"'\\x([0-9a-f]*)'", literal):
            length = len(hexadecimal.group(1)) // 2
            if length not in (OF_AN_ID, OF_A_HASH):
                return literal + "::bytea"
            first = ":run" if length == OF_AN_ID else f":{self.name(literal)}"
            words = [first] + [f":{self.name(literal)}"] * (length // 8 - 1)
            return "decode(" + "||".join(f"lpad(to_hex({word}::bigint),16,'0')" for word in words) + ",'hex')"
        if re.fullmatch(r"'-?\d+'", literal):
            number = int(literal[1:-1])
            return literal if number in TIMES else f"({number} + :run::bigint)"
        if len(literal) > LONGEST_NUMBER:
            return literal
        return f"lpad(to_hex(:{self.name(literal)}::bigint),16,'0')"


def script(one, other):
    drawn, lines = Drawn(), []
    for (sql, mine), (_, others) in zip(one, other):
        def value(found, mine=mine, others=others):
            number = int(found.group(1))
            literal = mine.get(number, "NULL")
            if literal != others.get(number, "NULL"):
                return drawn.value(literal)
            return literal + ("::bytea" if literal.startswith("'\\x") else "")

        lines.append(re.sub(r"\$(\d+)", value, sql) + ";")
    sets = ["\\set n :n + 1", f"\\set run :base + :client_id * {EACH_CLIENT} + :n"]
    sets += [f"\\set {name} random(1, 9000000000000000000)" for name in drawn.names.values()]
    return "\n".join(sets + ["BEGIN;"] + lines + ["COMMIT;"]) + "\n"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        print(script(*two_intakes(file.read())), end="")
