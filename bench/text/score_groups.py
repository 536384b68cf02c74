#!/usr/bin/env python3
"""Scores groups of petitions, and how alike groups are whatever the order of the rows.

usage: score_groups.py issues ISSUES.csv GROUPS.csv [HALF]   pairwise and B-cubed F1
       score_groups.py orders COMMAND INPUT.csv ROUNDS        least adjusted Rand index between runs

ISSUES has message_id,cluster_id and, where HALF is given, half. A petition that it does not list
belongs to none of these issues; pairs without a listed petition do not count. COMMAND is called as
COMMAND INPUT --out OUTPUT.
"""
import csv
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from math import comb


def groups_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["id"]: row["group"] or "alone " + row["id"] for row in csv.DictReader(file)}


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(issues, groups, half):
    with open(issues, encoding="utf-8", newline="") as file:
        issue = {row["message_id"]: row["cluster_id"] for row in csv.DictReader(file)
                 if half is None or row["half"] == half}
    group = groups_of(groups)
    members, size = defaultdict(list), Counter(issue.values())
    for one, name in group.items():
        members[name].append(one)
    right = wrong = precise = recalled = 0.0
    for one, name in issue.items():
        others = members[group[one]]
        same = sum(issue.get(other) == name for other in others)
        right += (same - 1) / 2
        wrong += sum(1.0 if other not in issue else 0.5 for other in others
                     if issue.get(other) != name)
        precise += same / len(others)
        recalled += same / size[name]
    all_pairs = sum(comb(count, 2) for count in size.values())
    pairwise = f1(right / (right + wrong) if right + wrong else 0.0, right / all_pairs)
    print(f"{pairwise:.4f} {f1(precise / len(issue), recalled / len(issue)):.4f}")


def adjusted_rand(a, b):
    both, first, second = Counter(), Counter(), Counter()
    for one in a:
        both[a[one], b[one]] += 1
        first[a[one]] += 1
        second[b[one]] += 1
    together = sum(comb(count, 2) for count in both.values())
    one_way = sum(comb(count, 2) for count in first.values())
    other_way = sum(comb(count, 2) for count in second.values())
    by_chance = one_way * other_way / comb(len(a), 2)
    most = (one_way + other_way) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)


def orders(command, table, rounds):
    with open(table, encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    dice, first, least = random.Random(1), None, 1.0
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            dice.shuffle(rows)
            with open(folder + "/in.csv", "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header, *rows])
            subprocess.run([*command.split(), folder + "/in.csv", "--out", folder + "/out.csv"],
                           check=True, stdout=subprocess.DEVNULL)
            found = groups_of(folder + "/out.csv")
            first = first or found
            least = min(least, adjusted_rand(first, found))
    print(f"{least:.4f}")


if sys.argv[1] == "issues":
    score(sys.argv[2], sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else None)
else:
    orders(sys.argv[2], sys.argv[3], int(sys.argv[4]))
