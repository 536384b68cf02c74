#!/usr/bin/env python3
"""package_holds.py PROGRAM: a Debian package of the program is built, its content is what it must be, and it is unpacked and started from
there: as an account without rights, under what the unit forbids (no new privileges, no memory both written and run), a county is
set up and words with a photo are taken in. Every call to the kernel that it makes meanwhile is one that the unit allows; systemd
itself finds no mistake in the unit, and little that is exposed.

Ends with 77 where dpkg-deb or dpkg-shlibdeps is not there."""

import ctypes
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "faults"))

from installation import Server, expect  # noqa: E402
from lost_answers import a_picture  # noqa: E402

SKIPPED = 77
UNIT = "lib/systemd/system/minhu.service"
NOBODY = 65534
PR_SET_NO_NEW_PRIVS, PR_SET_MDWE = 38, 65
EXPOSED_AT_MOST = 20  # tenths, as systemd-analyze counts; 100 is a unit without walls
MUST_HAVE = {
    "usr/bin/minhu": 0o755,
    UNIT: 0o644,
    "usr/lib/sysusers.d/minhu.conf": 0o644,
    "etc/default/minhu": 0o644,
    "etc/minhu/secrets": 0o700,
    "usr/share/doc/minhu/operations.md": 0o644,
    "usr/share/doc/minhu/operations.zh-CN.md": 0o644,
    "usr/share/doc/minhu/configuration.md": 0o644,
    "usr/share/doc/minhu/copyright": 0o644,
    "usr/share/minhu/monitoring/alerts.yml": 0o644,
    "usr/share/minhu/monitoring/grafana-dashboard.json": 0o644,
    "usr/share/minhu/policies/README.md": 0o644,
}


def run(*command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120, **more)
    expect(done.returncode == 0, f"{command[0]} ended with {done.returncode}: {done.stdout[-1500:]}{done.stderr[-1500:]}")
    return done.stdout


def content_is_whole(package, root):
    for path, mode in MUST_HAVE.items():
        expect((root / path).exists(), f"{path} is not in the package")
        expect((root / path).stat().st_mode & 0o777 == mode, f"{path} has another mode than {mode:o}")
    for path in root.rglob("*"):
        expect(path.is_symlink() or path.stat().st_mode & 0o6022 == 0, f"{path} can be written by others, or changes who one is")
    fields = run("dpkg-deb", "--field", package)
    for library in ("libsqlite3-0", "libvips42", "libpq5", "libsodium23"):
        expect(library in fields, f"the package does not say that it needs {library}")
    for script in ("postinst", "prerm", "postrm"):
        text = run("dpkg-deb", "--ctrl-tarfile", package, encoding="latin-1")
        expect(script in text, f"{script} is not in the package")


def unit_is_right(root, scratch):
    unit = (root / UNIT).read_text()
    for wall in ("ProtectSystem=strict", "NoNewPrivileges=yes", "PrivateTmp=yes", "SystemCallFilter=", "StateDirectory=", "LoadCredential="):
        expect(f"\n{wall}" in unit, f"the unit has no {wall}")
    if not shutil.which("systemd-analyze"):
        return "unit not verified: no systemd-analyze"
    copy = scratch / "minhu.service"
    copy.write_text(unit.replace("/usr/bin/minhu", str(root / "usr/bin/minhu")))
    said = subprocess.run(["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True, timeout=60)
    about_us = [line for line in said.stderr.splitlines() if "minhu" in line]
    expect(said.returncode == 0 and not about_us, f"systemd-analyze verify: {said.stderr}")
    judged = run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSED_AT_MOST}", copy)
    return re.search(r"Overall exposure level[^:]*: ([\d.]+)", judged)[0]


def allowed_calls(unit):
    """The names that the filter of the unit lets through."""
    groups, name = {}, None
    for line in run("systemd-analyze", "syscall-filter").splitlines():
        if re.match(r"@[\w-]+", line):
            name = line.split()[0]
            groups[name] = set()
        elif name and (word := line.strip()) and not word.startswith("#"):
            groups[name].add(word)

    def names(word):
        return set().union(*map(names, groups[word])) if word in groups else {word}

    allowed = set()
    for words in re.findall(r"^SystemCallFilter=(.*)$", unit, re.M):
        chosen = set().union(*map(names, words.lstrip("~").split()))
        allowed = allowed - chosen if words.startswith("~") else allowed | chosen
    return allowed | {"execve", "exit", "exit_group", "rt_sigreturn", "restart_syscall"}


def walled():
    """What the unit does to the process before it begins."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    os.umask(0o077)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_MDWE, 1, 0, 0, 0)  # refused by a kernel before 6.3: then the unit's word stands alone


def takes_words_and_a_photo(server):
    body = (
        b'--b\r\nContent-Disposition: form-data; name="case"\r\n\r\n'
        + json.dumps({"text": "村口的路灯坏了。"}).encode()
        + b'\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        + a_picture()
        + b"\r\n--b--\r\n"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Idempotency-Key": str(uuid.uuid4())}
    status, answer = server.ask("POST", "/api/v1/cases/with_files", body, headers, timeout=60)
    expect(status == 201, f"words with a photo: {status} {answer[:300]}")
    expect(server.ask("GET", "/")[0] == 200, "the first page is not served")


def starts_from_there(root, scratch):
    program = root / "usr/bin/minhu"
    state = scratch / "state"
    state.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(state, NOBODY, NOBODY)
    data = state / "county"
    environment = dict(os.environ, ORC_CODE="backup")
    run(program, "init", "--data", data, "--region", "339901", "--name", "青溪县", "--organiser", "青溪县信访局", "--phone", "0579-00000000",
        preexec_fn=walled, env=environment)
    traced = shutil.which("strace") and shutil.which("systemd-analyze")
    trace = state / "calls"
    trace.parent.chmod(0o700)
    before = ["strace", "-f", "-qq", "-e", "signal=none", "-o", str(trace)] if traced else []
    options = re.search(r'MINHU_OPTIONS="(.*)"', (root / "etc/default/minhu").read_text())[1]
    expect("--port 8480" in options, "the file of options names no port")
    server = Server(program, data, before=before, options=["--trusted-proxy", "127.0.0.1"], walls=walled, environment=environment)
    try:
        takes_words_and_a_photo(server)
        child = pathlib.Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
        os.kill(int(child[0]) if traced else server.process.pid, 15)
        expect(server.process.wait(timeout=60) == 0, "the end was not clean")
    finally:
        server.kill()
    if not traced:
        return "calls not compared: no strace"
    made = set(re.findall(r"^\d+ +(?:<\.\.\. )?(\w+)(?:\(| resumed)", trace.read_text(errors="replace"), re.M))
    beyond = made - allowed_calls((root / UNIT).read_text())
    expect(not beyond, f"the unit forbids calls that the program makes: {sorted(beyond)}")
    return f"{len(made)} kinds of calls, all allowed by the unit"


def main(program):
    if not shutil.which("dpkg-deb") or not shutil.which("dpkg-shlibdeps"):
        print("skipped: dpkg-deb or dpkg-shlibdeps is not installed (package dpkg-dev)")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="minhu-package-") as folder:
        scratch = pathlib.Path(folder)
        scratch.chmod(0o755)
        package = run("bash", ROOT / "packaging/debian/build.sh", program, scratch / "out",
                      env=dict(os.environ, MINHU_PACKAGE_COMPRESSION="gzip")).strip()
        root = scratch / "root"
        run("dpkg-deb", "-x", package, root)
        root.chmod(0o755)
        content_is_whole(package, root)
        exposure = unit_is_right(root, scratch)
        calls = starts_from_there(root, scratch)
        print(f"{pathlib.Path(package).name}, {os.path.getsize(package) >> 20} MiB; {exposure}; {calls}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
