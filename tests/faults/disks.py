"""File systems that belong to one test: a small one in memory, and one in a file whose power can be cut.

Both need the right to mount; MayNot says that it is not given here, and a test then ends with SKIPPED."""

import contextlib
import fcntl
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import time

SKIPPED = 77
# linux/ext4.h and xfs_fs.h: _IOR('X', 125, u32). 2: the log is not flushed either, as when the current goes.
SHUT_DOWN = 0x8004587D
WITHOUT_FLUSHING = 2


# A disk in memory is a disk all the same: what its file system did not make durable is lost with a cut.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > 2 << 30 else None


class MayNot(Exception):
    """Nothing may be mounted here."""


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def unmount(folder):
    """Whatever still closes its files gets a moment; then the folder is detached all the same."""
    for _ in range(100):
        if run("umount", folder).returncode == 0 or not os.path.ismount(folder):
            return
        time.sleep(0.05)
    run("umount", "--lazy", folder)


@contextlib.contextmanager
def in_memory(size, folder=None):
    """A tmpfs of `size` ("24m") in a folder of its own, or over `folder`."""
    own = folder is None
    mount = pathlib.Path(tempfile.mkdtemp(prefix="minhu-small-")) if own else pathlib.Path(folder)
    try:
        if os.geteuid() != 0 or run("mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "minhu", mount).returncode:
            raise MayNot("no file system may be mounted here")
        try:
            yield mount
        finally:
            unmount(mount)
    finally:
        if own:
            mount.rmdir()


class Disk:
    """A file system in a file, mounted. `cut()` takes its power away: what was not made durable is gone."""

    def __init__(self, kind, scratch, mebibytes):
        maker = f"mkfs.{kind}"
        if os.geteuid() != 0 or not shutil.which(maker):
            raise MayNot(f"no disk with {kind} can be made here (root and {maker} are needed)")
        self.image = scratch / f"{kind}.image"
        self.folder = scratch / kind
        self.folder.mkdir()
        with self.image.open("wb") as file:
            file.truncate(mebibytes << 20)
        made = run(maker, "-q", self.image)
        if made.returncode:
            raise MayNot(f"{maker}: {made.stderr}")
        self.mount()

    def mount(self):
        mounted = run("mount", "-o", "loop", self.image, self.folder)
        if mounted.returncode:
            raise MayNot(f"mount: {mounted.stderr.strip()}")

    def cut(self):
        opened = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(opened, SHUT_DOWN, struct.pack("I", WITHOUT_FLUSHING))
        finally:
            os.close(opened)

    def unmount(self):
        unmount(self.folder)


@contextlib.contextmanager
def disk(kind, mebibytes=400):
    """A Disk of `kind` (ext4, xfs) that goes with its file at the end."""
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="minhu-disk-", dir=MEMORY))
    made = None
    try:
        made = Disk(kind, scratch, mebibytes)
        yield made
    finally:
        if made:
            made.unmount()
        shutil.rmtree(scratch, ignore_errors=True)
