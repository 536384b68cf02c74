#!/usr/bin/env python3
"""impossible.py FOLDER: that two public instances cannot be visited wholly with the tours of all_visited.csv, shown without searching.

Each stop has a weight. If no tour can collect more than some bound, M tours collect at most M times that; where all weights together are
more, some stop stays out. The weights are prices of a linear program over tours, in whole millionths; how they were found does not matter.
The bound is computed here, by going through all tours and some that come back to a stop that is far away (ng-routes, Baldacci et al. 2011):
more tours than there are can only raise it. Distances as the benchmark has them: cut off after the second digit."""

import heapq
import math
import pathlib
import sys

NEAR = 12  # a tour forgets a stop when it visits one that does not have it among so many nearest

WEIGHTS = {
    "pr01": (3, "53105 77 180057 110172 22686 62917 16998 58602 77 77 59894 77 131990 77 3122 104091 81564 73026 186988 35204 137908 89769 77120 "
                "77 91654 45739 139179 63904 114373 77 43589 61298 129195 34396 55180 111491 77 24244 114367 126257 97003 210184 90854 43594 57643 "
                "169931 77 77"),
    "pr07": (5, "189863 2799 156468 48183 126034 191079 0 5618 26354 110488 103438 0 66887 87736 55860 94 64294 78749 1409 64334 62137 20242 66204 "
                "135014 4870 23151 95718 90459 18399 100493 1860 114337 169838 19422 31653 19710 48791 8545 93547 92451 49715 60970 23996 71303 "
                "75248 12456 89155 63613 151001 46155 68513 71814 203 26563 61032 48127 187596 92698 66057 22205 49667 99395 156572 133157 120676 "
                "83036 24658 55036 101482 66612 191683 53152"),
}


def read(path):
    """Nodes as (x, y, service, opens, closes), times in hundredths; the depot first."""
    rows = [line.split() for line in path.read_text().splitlines()]
    return [
        (float(row[1]), float(row[2]), round(100 * float(row[3])), round(100 * float(row[-2])), round(100 * float(row[-1])))
        for row in rows
        if len(row) >= 8
    ]


def most_on_one_tour(nodes, weight):
    """The most weight that a tour from the depot and back can collect."""
    every = range(len(nodes))
    # From one arrival that is served to the next arrival.
    takes = [
        [nodes[i][2] + math.floor(100 * math.hypot(nodes[i][0] - nodes[j][0], nodes[i][1] - nodes[j][1]) + 1e-9) for j in every] for i in every
    ]
    least = [row[:] for row in takes]
    for k in every:
        for i in every:
            for j in every:
                least[i][j] = min(least[i][j], least[i][k] + least[k][j])
    stops = [j for j in every if j and weight[j] > 0]
    remembered = {j: sum(1 << i for i in sorted(every[1:], key=lambda i: (i != j, takes[i][j] + takes[j][i]))[:NEAR]) for j in stops}
    here = {j: [] for j in stops}  # (time, weight, closed): what no other beats
    waiting, best = [], 0

    def reach(time, node, collected, closed):
        for j in stops:
            if time + least[node][j] > nodes[j][4]:
                closed |= 1 << j
        if any(t <= time and w >= collected and not c & ~closed for t, w, c in here[node]):
            return
        here[node] = [(t, w, c) for t, w, c in here[node] if not (time <= t and collected >= w and not closed & ~c)]
        here[node].append((time, collected, closed))
        heapq.heappush(waiting, (time, node, collected, closed))

    for j in stops:
        time = max(nodes[0][3] + takes[0][j], nodes[j][3])
        if time <= nodes[j][4]:
            reach(time, j, weight[j], 1 << j)
    while waiting:
        time, node, collected, closed = heapq.heappop(waiting)
        if (time, collected, closed) not in here[node]:
            continue
        if time + takes[node][0] <= nodes[0][4]:
            best = max(best, collected)
        for j in stops:
            arrival = max(time + takes[node][j], nodes[j][3])
            if not closed >> j & 1 and arrival <= nodes[j][4]:
                reach(arrival, j, collected + weight[j], closed & remembered[j] | 1 << j)
    return best


def main(folder):
    for name, (tours, weights) in WEIGHTS.items():
        nodes = read(pathlib.Path(folder) / f"{name}.txt")
        weight = [0, *map(int, weights.split())]
        if len(weight) != len(nodes):
            sys.exit(f"{name}: {len(nodes) - 1} stops and {len(weight) - 1} weights")
        most = most_on_one_tour(nodes, weight)
        shown = sum(weight) > tours * most
        print(f"{name} with {tours} tours: {sum(weight)} in all, at most {most} on one, {tours * most} on all: "
              f"{'cannot be visited wholly' if shown else 'not shown'}", flush=True)
        if not shown:
            sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
