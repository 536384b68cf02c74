#!/usr/bin/env python3
"""`minhu record audit --url` watches a log that a web server of another make serves, while somebody damages it.

monitor_command.py SERVED_LOG MINHU
"""
import functools
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "faults"))
from failing_disk import strace_works  # noqa: E402

BATCHES = 30  # of 25 leaves: two full tiles and a partial one
TILE = "tile/0/001"
ENTRIES = "tile/entries/000"
ENTRY = 2 + 64  # its length and its bytes in a bundle


class Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass


class Trial:
    def __init__(self, served_log, minhu, folder):
        self.served_log, self.minhu, self.folder = served_log, minhu, folder
        self.began = int(time.time()) - 60 * (BATCHES + 20)
        self.failures = self.tried = 0
        handler = functools.partial(Quiet, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/record/"

    def grow(self, batches):
        subprocess.run([self.served_log, "write", str(self.folder), str(batches), str(self.began)], check=True)

    def command(self, *options, url=None):
        return [self.minhu, "record", "audit", "--url", url or self.url, "--policy", str(self.folder / "policy"),
                "--state", str(self.folder / "state"), "--alarm", str(self.folder / "alarm"),
                *options]

    def look(self, *options, url=None, language="en_US.UTF-8"):
        done = subprocess.run(self.command(*options, url=url), env=dict(os.environ, LC_ALL=language),
                              capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout, done.stderr

    def expect(self, what, held, *shown):
        self.tried += 1
        self.failures += not held
        print("ok  " if held else "FAIL", what, flush=True)
        if not held:
            print(*shown, sep="\n")

    def path(self, name):
        return self.folder / "record" / name

    def damaged(self, what, name, change, *told):
        """The next look says it, in one cycle; when it is undone the look after that is good again."""
        path = self.path(name)
        before = path.read_bytes()
        change(path)
        code, out, said = self.look()
        self.expect(what, code == 3 and out.startswith("alarm") and all(word in said for word in told), out, said)
        path.write_bytes(before)
        code, out, said = self.look()
        self.expect(f"  … and all is well when it is undone ({what})", code == 0, out, said)


def first_not_durable(trace):
    """The first file that another follows, or the end, before its folder was synced; nothing when there is none."""
    waiting = None
    for line in trace.splitlines():
        if renamed := re.search(r'rename\("[^"]*", "([^"]*)"\)', line):
            if waiting:
                return waiting
            waiting = renamed[1]
        elif (synced := re.search(r"fsync\(\d+<([^>]*)>\)", line)) and waiting and synced[1] == os.path.dirname(waiting):
            waiting = None
    return waiting


def flip(at):
    def change(path):
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(data)
    return change


def cut(path):
    path.write_bytes(path.read_bytes()[:-1])


def main(served_log, minhu):
    with tempfile.TemporaryDirectory() as name:
        trial = Trial(served_log, minhu, pathlib.Path(name))
        trial.grow(BATCHES)

        code, out, said = trial.look()
        trial.expect("an honest log is good", code == 0 and "750 entries: 750 new, 0 read again, 0 findings" in out,
                     out, said)
        if strace_works():
            trace, other = trial.folder / "trace", str(trial.folder / "other_state")
            command = [other if word == str(trial.folder / "state") else word for word in trial.command()]
            subprocess.run(["strace", "-f", "-y", "-e", "trace=rename,fsync", "-o", str(trace), *command], check=True,
                           capture_output=True, timeout=120)
            lost = first_not_durable(trace.read_text(encoding="utf-8"))
            trial.expect("each file of the mirror is durable before the next", "rename(" in trace.read_text() and not lost, lost)
        code, out, said = trial.look("--once")
        trial.expect("and read again", code == 0 and "0 new, 750 read again" in out, out, said)
        trial.grow(BATCHES + 2)
        code, out, said = trial.look()
        trial.expect("and when it has grown", code == 0 and "800 entries: 50 new" in out, out, said)
        code, out, said = trial.look(url=str(trial.folder / "record"))
        trial.expect("a folder with its files is looked at alike", code == 0 and "800 entries: 0 new" in out, out, said)

        trial.damaged("an altered entry is named", ENTRIES, flip(ENTRY * 100 + 20), "Entry 100 ")
        trial.damaged("an entry that time was taken off is named", ENTRIES, flip(ENTRY * 7 + 12), "Entry 7 ")
        trial.damaged("half a bundle is named", ENTRIES, cut, ENTRIES)
        trial.damaged("a bundle that is gone is named", ENTRIES, os.unlink, ENTRIES)
        trial.damaged("an altered tile is named", TILE, flip(32 * 3), TILE)
        trial.damaged("a tile that is gone is named", TILE, os.unlink, TILE)
        trial.damaged("an altered tile above is named", "tile/1/000.p/3", flip(0), "tile/")
        trial.damaged("a partial tile put in the place of another is named", "tile/0/003.p/32",
                      lambda path: shutil.copy(trial.path("tile/0/002.p/238"), path), "tile/0/003.p/32")
        trial.damaged("a checkpoint whose size was changed is refused", "checkpoint",
                      lambda path: path.write_text(path.read_text().replace("\n800\n", "\n801\n")), "does not fit")
        older = subprocess.run([served_log, "write", str(trial.folder / "older"), str(BATCHES), str(trial.began)])
        older.check_returncode()
        trial.damaged("a checkpoint of before is a record that became shorter", "checkpoint",
                      lambda path: shutil.copy(trial.folder / "older/record/checkpoint", path), "750", "800")
        days = sorted(path.relative_to(trial.folder / "record").as_posix()
                      for path in (trial.folder / "record/history").rglob("*") if path.is_file())
        trial.damaged("a history that was taken back is named", days[-1], cut, days[-1])
        trial.damaged("a history that is gone is named", days[0], os.unlink, days[0])

        alarm = (trial.folder / "alarm").read_text(encoding="utf-8").splitlines()
        trial.expect("each finding stands in the alarm file once",
                     len(alarm) == len(set(line.split(" ", 1)[1] for line in alarm)) and len(alarm) >= 10, *alarm)
        code, out, said = trial.look(language="zh_CN.UTF-8", url="http://127.0.0.1:1/record")
        trial.expect("who cannot be reached is not accused", code == 1 and "连不上" in said, out, said)

        # As it runs for months: within one cycle.
        with subprocess.Popen(trial.command("--every", "1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env=dict(os.environ, LC_ALL="zh_CN.UTF-8")) as watching:
            first = watching.stdout.readline()
            flip(ENTRY * 33 + 40)(trial.path("tile/entries/001"))
            damaged_at = time.monotonic()
            while not (line := watching.stdout.readline()).startswith("alarm") and line:
                pass
            took = time.monotonic() - damaged_at
            watching.terminate()
            said = watching.stderr.read()
        trial.expect(f"a running monitor says it after {took:.1f} s, in Chinese",
                     first.startswith("good") and took < 60 and "第 289 条" in said and watching.returncode == 3,
                     first, line, said, watching.returncode)
        # A full disk: what was found is written down when there is room.
        alarm_file = trial.folder / "alarm"
        alarm_file.unlink()
        alarm_file.symlink_to("/dev/full")
        with subprocess.Popen(trial.command("--every", "1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env=dict(os.environ, LC_ALL="en_US.UTF-8")) as watching:
            lost = watching.stdout.readline()
            alarm_file.unlink()
            again = [watching.stdout.readline() for _ in range(2)]
            watching.terminate()
            said = watching.stderr.read()
        written = alarm_file.read_text(encoding="utf-8") if alarm_file.exists() else ""
        trial.expect("what a full disk kept out of the alarm file comes into it later",
                     all(line.startswith("alarm") for line in (lost, *again)) and "Cannot write" in said
                     and "Entry 289 " in written, lost, again, said, written)
        print(f"{trial.tried - trial.failures} passed, {trial.failures} failed")
        return bool(trial.failures)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
