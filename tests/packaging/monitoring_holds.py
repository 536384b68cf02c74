#!/usr/bin/env python3
"""monitoring_holds.py PROGRAM: alerts and dashboard ask only for what a running server exports, by name and by label, and every alert
says in which incident of the operations guide, in both languages, one reads on."""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "faults"))

from installation import Server, demo_county, expect  # noqa: E402

MONITORING = ROOT / "packaging" / "monitoring"
OF_PROMETHEUS = {"up"}
NAME = re.compile(r"\b(minhu_\w+|up)\b(?:\{([^}]*)\})?")


def asked_for(expression):
    """(name, label, value) of everything that an expression reads; label None: the name alone."""
    found = set()
    for name, labels in NAME.findall(re.sub(r'"[^"]*"', lambda text: text[0].replace(" ", "_"), expression)):
        found.add((name, None, None))
        found |= {(name, *pair) for pair in re.findall(r'(\w+)="([^"]*)"', labels)}
    return found


def expressions():
    alerts = (MONITORING / "alerts.yml").read_text()
    found = re.findall(r"^ +expr: (.*)$", alerts, re.M)
    expect(len(found) == alerts.count("- alert:") >= 8, "an alert has no expression")
    for panel in json.loads((MONITORING / "grafana-dashboard.json").read_text())["panels"]:
        found += [target["expr"] for target in panel["targets"]]
    return found


def incidents():
    alerts = (MONITORING / "alerts.yml").read_text()
    named = re.findall(r"incident ([A-Z])\)", alerts) + re.findall(r"record status says why.*incident ([A-Z])", alerts)
    return set(named)


def main(program):
    with demo_county(program) as data:
        server = Server(program, data)
        try:
            for path in ("/", "/no-such-page"):
                server.ask("GET", path)
            status, _ = server.file("6f1de1c4-0c2b-4bd4-9d0e-0a8f0e6a1c12")
            expect(status == 201, f"words were refused with {status}")
            exported = server.ask("GET", "/metrics")[1].decode()
        finally:
            server.kill()
    lines = [line for line in exported.splitlines() if line and not line.startswith("#")]
    names = {re.match(r"\w+", line)[0] for line in lines}
    labels = {(re.match(r"\w+", line)[0], *pair) for line in lines for pair in re.findall(r'(\w+)="([^"]*)"', line)}
    routes = {value for _, label, value in labels if label == "route"}
    asked = set().union(*map(asked_for, expressions()))
    for name, label, value in sorted(asked, key=str):
        if name in OF_PROMETHEUS:
            continue
        expect(name in names, f"{name} is asked for, and the server exports no such thing")
        if label == "route":
            expect(value in routes, f"{name}: no route is called {value}")
        elif label == "status":
            expect(re.fullmatch("[1-5]xx", value) and (name, label, "2xx") in labels, f"{name}: no status is called {value}")
        elif label:
            expect((name, label) in {(n, l) for n, l, _ in labels}, f"{name} has no label {label}")
    for guide in ("operations.md", "operations.zh-CN.md"):
        text = (ROOT / "docs" / guide).read_text()
        missing = sorted(letter for letter in incidents() if not re.search(rf"^### {letter}\b", text, re.M))
        expect(not missing, f"{guide} has no incident {missing}, which an alert names")
    unwatched = sorted(name for name in names if name not in {n for n, _, _ in asked} and not name.endswith(("_bucket", "_sum", "_count")))
    print(f"{len({n for n, _, _ in asked})} names asked for, all exported; on no picture: {', '.join(unwatched) or 'none'}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
