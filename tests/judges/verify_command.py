#!/usr/bin/env python3
"""What `minhu record verify` says of a good receipt, and of each way to spoil one.

verify_command.py MERKLE_JUDGE MINHU
"""
import os
import pathlib
import subprocess
import sys
import tempfile


def main(judge, minhu):
    tried, failures = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([judge, "receipt", name], check=True)
        receipt = (folder / "receipt.tlog-proof").read_text(encoding="utf-8")
        policy = (folder / "policy").read_text(encoding="utf-8")

        def run(*arguments, language="en_US.UTF-8"):
            environment = dict(os.environ, LC_ALL=language)
            done = subprocess.run([minhu, "record", "verify", *map(str, arguments)], cwd=name,
                                  env=environment, capture_output=True, text=True, timeout=60)
            return done.returncode, done.stdout, done.stderr

        def expect(what, result, code, out, *told):
            good = (result[0] == code and result[1] == out and all(word in result[2] for word in told))
            tried.append(what)
            print("ok  " if good else "FAIL", what)
            if not good:
                failures.append(what)
                print(result)

        def spoiled(text, file="spoiled.tlog-proof"):
            (folder / file).write_text(text, encoding="utf-8")
            return folder / file

        proved = "entry 617 of 1000 in record.minhu.example/pujiang/log1, witnesses congress,audit\n"
        good = ("receipt.tlog-proof", "--policy", "policy")
        expect("a receipt proves itself", run(*good), 0, proved,
               "step 0, received, by citizen", "2025-11-25T16:00:00.000+08:00", "congress, audit")
        expect("in Chinese, too", run(*good, language="zh_CN.UTF-8"), 0, proved, "同一份记录")
        expect("a proof and its entry", run("closed.tlog-proof", "--policy", "policy", "--entry", "entry"),
               0, proved, "was not opened")
        expect("a proof without its entry", run("closed.tlog-proof", "--policy", "policy"), 1, "",
               "--entry")
        expect("another entry", run("closed.tlog-proof", "--policy", "policy", "--entry", "policy"), 1, "",
               "does not stand at that place")
        expect("another place",
               run(spoiled(receipt.replace("index 617", "index 618")), "--policy", "policy"), 1, "",
               "does not stand at that place")
        lines = receipt.split("\n")
        expect("a hash left out",
               run(spoiled("\n".join(lines[:3] + lines[4:])), "--policy", "policy"), 1, "",
               "does not stand at that place")
        expect("another size", run(spoiled(receipt.replace("\n1000\n", "\n1001\n")), "--policy", "policy"),
               1, "", "does not fit", "record.minhu.example/pujiang/log1")
        expect("half a file", run(spoiled(receipt[:200]), "--policy", "policy"), 1, "",
               "not a .tlog-proof file")
        expect("a witness that did not sign", run("receipt.tlog-proof", "--policy", "one_witness_policy"),
               1, "", "university")
        expect("a policy of another county",
               run("receipt.tlog-proof", "--policy",
                   spoiled("\n".join(policy.split("\n")[1:]), "other_policy")), 1, "",
               "your policy does not name")
        expect("a policy that says nothing", run("receipt.tlog-proof", "--policy", spoiled("#\n", "none")),
               1, "", "no quorum line")
        expect("no such file", run("nowhere", "--policy", "policy"), 1, "", "nowhere")
        expect("a folder", run(".", "--policy", "policy"), 1, "", "Cannot read")
        expect("a promise", run("promise", "--policy", "policy"), 1, "", "not yet a proof", "2255-")
        expect("a promise whose time is over", run("old_promise", "--policy", "policy"), 1, "", "that time is over", "evidence")
        promise = (folder / "old_promise").read_text(encoding="utf-8")
        expect("a promise that was changed",
               run(spoiled(promise.replace("\n1764145400\n", "\n1764145401\n")), "--policy", "policy"), 1, "", "does not fit")
        # Of the many leaves of a large sample: read to its end, and judged by what it holds.
        (folder / "sample").write_text("minhu-sample/v1\n" + "cover 1\n" * 700_000, encoding="utf-8")
        done = subprocess.run([minhu, "record", "check-sample", "sample", "--policy", "policy"], cwd=name, text=True,
                              env=dict(os.environ, LC_ALL="en_US.UTF-8"), capture_output=True, timeout=60)
        expect("a sample of five megabytes", (done.returncode, done.stdout, done.stderr), 1, "", "no sample of a record")
        expect("a call without a policy", run("receipt.tlog-proof")[:1] + ("", ""), 2, "")
    print(f"{len(tried) - len(failures)} passed, {len(failures)} failed")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
