#!/usr/bin/env python3
"""cluster.py up|status|down FOLDER: a database that survives one of its machines, the whole of it on this one.

Three PostgreSQL servers under Patroni, three members of etcd, HAProxy and PgBouncer, from Debian's packages, with the files that
three real machines get (beside this script). Everything listens on 127.0.0.1, on ports that were free; data, logs and passwords
are in FOLDER. What runs is ended by the process ids that FOLDER/processes.json names, and by nothing else.

It shows how the parts go together and is what tests/faults/failover.py breaks. It is no place for a county's data: one machine
is one machine, however many servers run on it."""

import argparse
import base64
import contextlib
import glob
import http.client
import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import string
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
HOST = "127.0.0.1"
NEEDED = ("patroni", "etcd", "haproxy", "pgbouncer")
PATHS = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
CONFIRMING = 2  # synchronous_node_count in patroni.yml


class Missing(Exception):
    """Something that this machine has not."""


def postgresql_programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    return str(pathlib.Path(found[-1]).parent) if found else None


def what_is_missing():
    """The programs that are not installed (debian-packages.txt)."""
    missing = [program for program in NEEDED if shutil.which(program, path=PATHS) is None]
    return missing if postgresql_programs() else [*missing, "postgresql"]


def free_ports(count):
    # All at once, or one would be given out twice.
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in sockets]


def began(process):
    """When a process began, as the kernel counts; None when there is none, or only its exit code is left."""
    with contextlib.suppress(OSError):
        after_name = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        return None if after_name[0] == "Z" else int(after_name[19])
    return None


def children_of(process):
    found = []
    for status in glob.glob("/proc/[0-9]*/stat"):
        with contextlib.suppress(OSError):
            text = pathlib.Path(status).read_text()
            if int(text.rsplit(")", 1)[1].split()[1]) == process:
                found.append(int(text.split(" ", 1)[0]))
    return found


class Cluster:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.plan = json.loads((self.folder / "cluster.json").read_text())
        self._own = []  # started by this very process: their exit codes have to be taken

    # ---- what there is

    @classmethod
    def make(cls, folder, nodes=3, etcd=3, cables=False):
        """Ports, passwords and settings of a new cluster; nothing runs yet."""
        missing = what_is_missing()
        if missing:
            raise Missing(f"not installed: {', '.join(missing)} (packaging/ha/debian-packages.txt)")
        folder = pathlib.Path(folder).resolve()
        folder.mkdir(parents=True)
        names = [f"node{number}" for number in range(1, nodes + 1)]
        kinds = ["postgresql", "rest", "cable_postgresql", "cable_rest", "cable_etcd"]
        ports = iter(free_ports(len(kinds) * nodes + 2 * etcd + 4))
        plan = {
            "scope": "minhu",
            "cables": cables,
            "nodes": {name: {kind: next(ports) for kind in kinds} for name in names},
            "etcd": {f"etcd{number}": {"client": next(ports), "peer": next(ports)} for number in range(1, etcd + 1)},
            "writes": next(ports),
            "reads": next(ports),
            "bouncer_writes": next(ports),
            "bouncer_reads": next(ports),
            "passwords": {who: secrets.token_urlsafe(18) for who in ("owner", "replicator", "rewinder", "operator", "minhu")},
        }
        (folder / "cluster.json").touch(mode=0o600)
        (folder / "cluster.json").write_text(json.dumps(plan, indent=1))
        cluster = cls(folder)
        cluster._write_settings()
        return cluster

    def _fill(self, template, target, **values):
        text = string.Template((HERE / template).read_text()).substitute(host=HOST, scope=self.plan["scope"], **values)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        target.write_text(text)

    def _write_settings(self):
        plan, passwords = self.plan, self.plan["passwords"]
        members = ",".join(f"{name}=http://{HOST}:{port['peer']}" for name, port in plan["etcd"].items())
        clients = [f"{HOST}:{port['client']}" for port in plan["etcd"].values()]
        for name, port in plan["etcd"].items():
            own = self.folder / name
            self._fill("etcd.yml", own / "etcd.yml", node=name, folder=own, etcd_client=port["client"],
                       etcd_peer=port["peer"], etcd_members=members)
        seen = "cable_" if plan["cables"] else ""
        servers = ""
        for name, port in plan["nodes"].items():
            own = self.folder / name
            self._fill(
                "patroni.yml", own / "patroni.yml", node=name, folder=own, bin=postgresql_programs(), network=f"{HOST}/32",
                rest=port["rest"], rest_address=f"{HOST}:{port[seen + 'rest']}", postgresql=port["postgresql"],
                postgresql_address=f"{HOST}:{port[seen + 'postgresql']}", watchdog="off",
                etcd_hosts=f"['{HOST}:{port['cable_etcd']}']" if plan["cables"] else str(clients),
                etcd_through_proxy="true" if plan["cables"] else "false",
                **{f"{who}_password": word for who, word in passwords.items()},
            )
            etcd = "listen etcd\n  bind {}:{}\n  balance roundrobin\n".format(HOST, port["cable_etcd"]) + "".join(
                f"  server {member} {client} check inter 1s\n" for member, client in zip(plan["etcd"], clients))
            if plan["cables"]:
                self._fill("cable.cfg", own / "cable.cfg", cable_etcd=etcd, **{k: v for k, v in port.items() if k != "cable_etcd"})
            servers += f"  server {name} {HOST}:{port[seen + 'postgresql']} check port {port[seen + 'rest']}\n"
        self._fill("haproxy.cfg", self.folder / "haproxy.cfg", writes=plan["writes"], reads=plan["reads"], servers=servers)
        for door in ("writes", "reads"):
            own = self.folder / f"bouncer_{door}"
            self._fill("pgbouncer.ini", own / "pgbouncer.ini", folder=own, behind_host=HOST, behind=plan[door],
                       bouncer=plan[f"bouncer_{door}"], pool=20)
            (own / "users.txt").write_text(f'"minhu" "{passwords["minhu"]}"\n')
        words = self.folder / "passwords"  # as libpq reads it (passfile=)
        words.touch(mode=0o600)
        words.write_text(f"*:*:minhu:minhu:{passwords['minhu']}\n*:*:*:owner:{passwords['owner']}\n")
        if os.geteuid() == 0:  # PostgreSQL and PgBouncer refuse to be root
            for path in [self.folder, *self.folder.rglob("*")]:
                shutil.chown(path, "postgres", "postgres")
            shutil.chown(words, "root", "root")
        self.folder.chmod(0o755)

    def address(self, through="haproxy"):
        """What `minhu --storage` gets. First the door to the server that writes, then the one to a server that follows it."""
        ports = {
            "haproxy": [self.plan["writes"], self.plan["reads"]],
            "pgbouncer": [self.plan["bouncer_writes"], self.plan["bouncer_reads"]],
            "hosts": [port["cable_postgresql" if self.plan["cables"] else "postgresql"] for port in self.plan["nodes"].values()],
        }[through]
        hosts = ",".join(f"{HOST}:{port}" for port in ports)
        return f"postgresql://minhu@{hosts}/minhu?passfile={self.folder}/passwords"

    # ---- processes

    def _processes(self):
        file = self.folder / "processes.json"
        return json.loads(file.read_text()) if file.exists() else {}

    def start_process(self, name, *command):
        log = open(self.folder / f"{name}.log", "ab")
        other = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        process = subprocess.Popen(
            [shutil.which(command[0], path=PATHS), *map(str, command[1:])], stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, cwd=self.folder, start_new_session=True, env={"PATH": PATHS, "LC_ALL": "C.UTF-8"}, **other)
        self._own.append(process)
        all_of_them = self._processes() | {name: [process.pid, began(process.pid)]}
        (self.folder / "processes.json").write_text(json.dumps(all_of_them, indent=1))

    def process(self, name):
        """The id of what runs under this name; None when it does not."""
        for own in self._own:
            own.poll()
        entry = self._processes().get(name)
        return entry[0] if entry and began(entry[0]) == entry[1] else None

    def start_patroni(self, node):
        self.start_process(f"{node}.patroni", "patroni", self.folder / node / "patroni.yml")

    def postmaster(self, node):
        with contextlib.suppress(OSError, ValueError, IndexError):
            process = int((self.folder / node / "data" / "postmaster.pid").read_text().split("\n")[0])
            if str(self.folder / node) in pathlib.Path(f"/proc/{process}/cmdline").read_text():
                return process
        return None

    def everything_of(self, node):
        """Patroni, the server and each of its processes."""
        server = self.postmaster(node)
        every = [self.process(f"{node}.patroni"), server, *(children_of(server) if server else [])]
        return [process for process in every if process]

    @staticmethod
    def send(processes, what):
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, what)

    # ---- up and down

    def start(self, within=120):
        for name in self.plan["etcd"]:
            self.start_process(name, "etcd", "--config-file", self.folder / name / "etcd.yml")
        for node in self.plan["nodes"]:
            if self.plan["cables"]:
                self.start_process(f"{node}.cable", "haproxy", "-db", "-f", self.folder / node / "cable.cfg")
            self.start_patroni(node)
        self.start_process("haproxy", "haproxy", "-db", "-f", self.folder / "haproxy.cfg")
        for door in ("writes", "reads"):
            self.start_process(f"bouncer_{door}", "pgbouncer", self.folder / f"bouncer_{door}" / "pgbouncer.ini")
        self.wait_until_whole(within)
        if not self.ask("SELECT 1 FROM pg_roles WHERE rolname = 'minhu'", database="postgres"):
            # Not a superuser, so that the walls between regions hold for it.
            self.ask(f"CREATE ROLE minhu LOGIN PASSWORD '{self.plan['passwords']['minhu']}'", database="postgres")
            self.ask("CREATE DATABASE minhu OWNER minhu", database="postgres")

    def stop(self, within=20):
        recorded = self._processes()
        nodes = [node for node in self.plan["nodes"] if any(name.startswith(f"{node}.") for name in recorded)]
        servers = {node: self.everything_of(node) for node in nodes}
        running = [process for name in recorded if (process := self.process(name))]
        everything = list(dict.fromkeys([*(one for every in servers.values() for one in every), *running]))
        since = {process: began(process) for process in everything}
        self.send(everything, signal.SIGCONT)
        # Patroni first, which stops its server; the rest when the servers have stopped.
        patronis = [process for node in nodes if (process := self.process(f"{node}.patroni"))]
        self.send(patronis, signal.SIGTERM)
        self._wait_for_end([one for every in servers.values() for one in every], since, within)
        self.send([one for one in everything if began(one) == since[one]], signal.SIGTERM)
        self._wait_for_end(everything, since, 5)
        self.send([one for one in everything if began(one) == since[one]], signal.SIGKILL)
        self._wait_for_end(everything, since, 5)
        (self.folder / "processes.json").unlink(missing_ok=True)

    def _wait_for_end(self, processes, since, within):
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for own in self._own:
                own.poll()
            if not any(began(process) == since[process] for process in processes if since[process]):
                return
            time.sleep(0.05)

    # ---- asking it

    def rest(self, node, method, path, body=None, timeout=2.0):
        """Status and answer of a node's Patroni; OSError when it does not answer."""
        connection = http.client.HTTPConnection(HOST, self.plan["nodes"][node]["rest"], timeout=timeout)
        who = base64.b64encode(f"operator:{self.plan['passwords']['operator']}".encode()).decode()
        try:
            connection.request(method, path, body=json.dumps(body) if body else None, headers={"Authorization": f"Basic {who}"})
            answer = connection.getresponse()
            text = answer.read().decode()
            return answer.status, json.loads(text) if text.startswith("{") else text
        except http.client.HTTPException as failure:
            raise OSError(str(failure)) from failure
        finally:
            connection.close()

    def members(self, but=()):
        """What the first node that answers says of all: name → (role, state)."""
        for node in self.plan["nodes"]:
            if node in but:
                continue
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                status, answer = self.rest(node, "GET", "/cluster")
                if status == 200:
                    return {member["name"]: (member["role"], member["state"]) for member in answer["members"]}
        return {}

    def with_role(self, role, but=()):
        return next((name for name, (its, state) in self.members(but).items() if its == role and state in ("running", "streaming")), None)

    def leader(self, but=()):
        return self.with_role("leader", but)

    def wait_until_whole(self, within=120):
        """A leader, the standbys that confirm each commit, nobody missing; and the leader does wait for those standbys."""
        deadline = time.monotonic() + within
        while True:
            members = self.members()
            roles = sorted(role for role, state in members.values() if state in ("running", "streaming"))
            confirming = roles.count("sync_standby") == self._confirming()
            whole = len(roles) == len(self.plan["nodes"]) and "leader" in roles and confirming
            if whole and self._follows_synchronously():
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f"the cluster is not whole after {within} s: {members}\n{self._last_words()}")
            time.sleep(0.3)

    def _last_words(self):
        logs = [(node, self.folder / f"{node}.patroni.log") for node in self.plan["nodes"]]
        return "\n".join(f"{node}: {line}" for node, log in logs if log.exists() for line in log.read_text().splitlines()[-6:])

    def _confirming(self):
        return min(CONFIRMING, len(self.plan["nodes"]) - 1)

    def _follows_synchronously(self):
        with contextlib.suppress(RuntimeError, subprocess.TimeoutExpired):
            followers = self.ask("SELECT sync_state FROM pg_stat_replication", database="postgres")
            return len(followers) == len(self.plan["nodes"]) - 1 and followers.count("sync") == self._confirming()
        return False

    def wait_until_all_have_it(self, within=60):
        """Every standby shows what the leader has written by now; the nodes, the leader first."""
        leader = self.leader()
        written = self.ask("SELECT pg_current_wal_flush_lsn()", node=leader)[0]
        standbys = [node for node in self.plan["nodes"] if node != leader]
        deadline = time.monotonic() + within
        for node in standbys:
            while self.ask(f"SELECT pg_last_wal_replay_lsn() >= '{written}'::pg_lsn", node=node) != ["t"]:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{node} does not have {written} of {leader} after {within} s\n{self._last_words()}")
                time.sleep(0.1)
        return [leader, *standbys]

    def ask(self, sql, database="minhu", node=None):
        """The lines that psql answers, as the superuser, who stands above the walls between regions."""
        node = node or self.leader()
        if node is None:
            raise RuntimeError("nobody leads")
        done = subprocess.run(
            [f"{postgresql_programs()}/psql", "-h", HOST, "-p", str(self.plan["nodes"][node]["postgresql"]), "-U", "owner",
             "-d", database, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", sql],
            capture_output=True, text=True, timeout=30, env={"PGPASSWORD": self.plan["passwords"]["owner"], "PGCONNECT_TIMEOUT": "5"})
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout.splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["up", "status", "down"])
    parser.add_argument("folder")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--etcd", type=int, default=3)
    chosen = parser.parse_args()
    try:
        if chosen.what == "up" and not (pathlib.Path(chosen.folder) / "cluster.json").exists():
            Cluster.make(chosen.folder, chosen.nodes, chosen.etcd)
        cluster = Cluster(chosen.folder)
        if chosen.what == "down":
            cluster.stop()
            return 0
        if chosen.what == "up":
            cluster.start()
        for name, (role, state) in sorted(cluster.members().items()):
            print(f"{name:8} {role:14} {state}")
        print(f"through HAProxy:   {cluster.address()}")
        print(f"through PgBouncer: {cluster.address('pgbouncer')}")
        return 0 if cluster.leader() else 1
    except (Missing, TimeoutError, FileNotFoundError) as failure:
        print(f"cluster.py: {failure}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
