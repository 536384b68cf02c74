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
chromium="${MINHU_CHROMIUM:-/usr/bin/chromium-headless-shell}"
if [ ! -x "$chromium" ]; then
  echo "run.sh: there is no browser at $chromium; run ./dev setup, or name one in MINHU_CHROMIUM" >&2
  exit 2
fi
cd "$here"
[ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund --loglevel=error
# One day of a tablet with half its answers lost has been seen to take minutes beside another: it has the machine to itself, at
# the beginning, when nothing has to end for it. Then the longest, so that the end is not one of them alone; then all others.
alone=reception_offline.test.mjs
longest=(desk_every_page desk_every_page_bare every_page desk_admin desk_watch desk_matters reception_saved_file verify desk_journey desk_case)
if [ $# -eq 0 ]; then
  set -- "$alone" "${longest[@]/%/.test.mjs}"
  for file in *.test.mjs; do
    case " $* " in *" $file "*) ;; *) set -- "$@" "$file" ;; esac
  done
fi
export MINHU_PROGRAM="$program" MINHU_CHROMIUM="$chromium"
# Each file has a server and a browser of its own; two beside each other left two processors idle for a quarter of the time, and so
# there are three. What a file says is shown when it ends.
beside="${MINHU_BROWSERS:-3}"
said="$(mktemp -d)"
MINHU_COUNTIES="$(mktemp -d "${TMPDIR:-/tmp}/minhu-counties-XXXXXX")" # made once of each size, and copied by every file
export MINHU_COUNTIES
trap 'rm -rf "$said" "$MINHU_COUNTIES"' EXIT
failed=0
one_ended() {
  wait -n || failed=1
  for over in "$said"/*.over; do
    [ -e "$over" ] || continue
    cat "${over%.over}"
    rm -f "$over" "${over%.over}"
  done
}
running=0
for file in "$@"; do
  while [ "$running" -gt 0 ] && [ "$file" = "$alone" ]; do
    one_ended
    running=$((running - 1))
  done
  if [ "$running" -ge "$beside" ]; then
    one_ended
    running=$((running - 1))
  fi
  (
    code=0
    node --test "$file" >"$said/$file" 2>&1 || code=$?
    : >"$said/$file.over"
    exit "$code"
  ) &
  running=$((running + 1))
  if [ "$file" = "$alone" ]; then
    one_ended
    running=$((running - 1))
  fi
done
while [ "$running" -gt 0 ]; do
  one_ended
  running=$((running - 1))
done
exit "$failed"
