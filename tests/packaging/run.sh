#!/usr/bin/env bash
# run.sh [PROGRAM]: what is packaged, against the program: the Debian package is built, unpacked and started from there under the
# walls of its unit; alerts and dashboard name what a running server exports.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
program="$(realpath -m "${1:-$here/../../build/dev/minhu}")"
[ -x "$program" ] || { echo "run.sh: there is no program at $program; build it first (./dev build)" >&2; exit 2; }
passed=0 failed=0 skipped=0
for test in "$here"/*_holds.py; do
  code=0
  timeout 300 python3 "$test" "$program" || code=$?
  case "$code" in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)); printf 'FAILED: %s (%d)\n' "$(basename "$test")" "$code" ;;
  esac
done
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
