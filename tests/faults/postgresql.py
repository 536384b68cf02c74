"""A PostgreSQL server of one test: on a socket in a new folder, fsync on as in production; ended and gone afterwards."""

import contextlib
import glob
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from disks import MEMORY
from installation import expect


class Postgresql:
    def __init__(self, programs, folder):
        self.programs = programs
        self.folder = folder
        self.data = folder / "data"
        self.address = f"postgresql://minhu@/minhu?host={folder}"

    def run(self, program, *arguments):
        # The server refuses to be root.
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*as_postgres, f"{self.programs}/{program}", *map(str, arguments)],
            stdout=subprocess.PIPE if program == "psql" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT if program == "psql" else subprocess.DEVNULL,
            text=True,
            cwd=self.folder,
            timeout=120,
        )
        expect(done.returncode == 0, f"{program} ended with {done.returncode}: {done.stdout}")
        return done.stdout

    def control(self, *arguments):
        options = f"-k {self.folder} -c listen_addresses= -c max_connections=100"
        self.run("pg_ctl", "-D", self.data, "-l", self.data / "server.log", "-w", "-o", options, *arguments)

    def ask(self, sql):
        """The lines that psql answers, as the superuser, who stands above the walls between regions."""
        return self.run("psql", "-h", self.folder, "-U", "owner", "-d", "minhu", "-qAt", "-c", sql).splitlines()

    def process(self):
        return int((self.data / "postmaster.pid").read_text().split("\n")[0])

    def children(self, called=""):
        """The processes of the server beside its first one; those whose name has `called` in it."""
        own = self.process()
        found = []
        for status in glob.glob("/proc/[0-9]*/status"):
            with contextlib.suppress(OSError):
                folder = pathlib.Path(status).parent
                if f"PPid:\t{own}\n" in (folder / "status").read_text() and called in (folder / "cmdline").read_text():
                    found.append(int(folder.name))
        return found

    def backends(self):
        """Those that serve a connection of Minhu."""
        return self.children("minhu minhu")

    def signal(self, processes, what):
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, what)


def new_county(program, data, address):
    """A folder of a county whose cases are kept by the server at `address`; nothing is in it yet."""
    made = subprocess.run(
        [str(program), "init", "--data", str(data), "--storage", address, "--region", "339901", "--name", "青溪县",
         "--organiser", "青溪县信访局", "--phone", "0579-00000000"],
        capture_output=True, text=True, timeout=120,
    )
    expect(made.returncode == 0, f"minhu init: {made.stderr}")


def programs():
    """The folder with initdb; None where no server is installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    return str(pathlib.Path(found[-1]).parent) if found else None


@contextlib.contextmanager
def postgresql():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="minhu-pg-", dir=MEMORY))
    server = Postgresql(programs(), folder)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        folder.chmod(0o755)
        server.run("initdb", "-D", server.data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        server.control("start")
        for statement in ("CREATE ROLE minhu LOGIN", "CREATE DATABASE minhu OWNER minhu"):
            server.run("psql", "-h", folder, "-U", "owner", "-d", "postgres", "-q", "-c", statement)
        yield server
    finally:
        with contextlib.suppress(Exception):
            server.signal([server.process(), *server.children()], signal.SIGCONT)
            server.control("-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
