#!/usr/bin/env bash
# run.sh [PROGRAM]: the journeys in a real browser against PROGRAM (build/dev/minhu unless named).
# `run.sh PROGRAM file.test.mjs …` runs some of them.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
program="$(realpath -m "${1:-$here/../../build/dev/minhu}")"
[ $# -gt 0 ] && shift
if [ ! -x "$program" ]; then
  echo "run.sh: there is no program at $program; build it first (./dev build)" >&2
  exit 2
fi
chromium="${MINHU_CHROMIUM:-/usr/bin/chromium}"
if [ ! -x "$chromium" ]; then
  echo "run.sh: there is no browser at $chromium; run ./dev setup, or name one in MINHU_CHROMIUM" >&2
  exit 2
fi
cd "$here"
[ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund --loglevel=error
[ $# -gt 0 ] || set -- *.test.mjs
export MINHU_PROGRAM="$program" MINHU_CHROMIUM="$chromium"
failed=0
for file in "$@"; do  # one server and one browser at a time
  node --test "$file" || failed=1
done
exit "$failed"
