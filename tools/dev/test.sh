# test: [--asan|--tsan] sets up, builds and tests everything; its last line counts. --postgresql [UNIT…]: what opens a database, on PostgreSQL
set -uo pipefail
export NO_COLOR=1 # a pipeline's CI=true turns colours on, and what failed is looked for in plain words
preset=dev
case "${1:-}" in
  '') ;;
  --asan | --tsan) preset="${1#--}" ;;
  --postgresql) exec bash tools/dev/_test_postgresql.sh "${@:2}" ;;
  *) echo "usage: ./dev test [--asan|--tsan|--postgresql [UNIT…]]" >&2; exit 2 ;;
esac
build="build/$preset"
log="$build/test-logs"
mkdir -p "$log"
passed=0 failed=0 skipped=0
table=()
broken=() # stages
started=$SECONDS

count() {
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# stage NAME BUDGET_IN_SECONDS COUNTER COMMAND…: runs it, counts what it says, goes on whatever happened.
stage() {
  local name="$1" budget="$2" counter="$3" before=$SECONDS code=0 old_failed=$failed
  shift 3
  printf '\n== %s\n' "$name"
  "$@" </dev/null 2>&1 | tee "$log/$name.txt"
  code=${PIPESTATUS[0]}
  "$counter" "$log/$name.txt" "$code"
  local took=$((SECONDS - before)) result=ok
  if [ "$failed" -gt "$old_failed" ]; then
    result=failed
    broken+=("$name")
  fi
  [ "$took" -gt "$budget" ] && result="$result, over budget"
  table+=("$(printf '%-22s %8s %8s  %s' "$name" "$(clock "$took")" "$(clock "$budget")" "$result")")
  return "$code"
}

# A stage that is one thing: it worked or it did not.
one() { if [ "$2" = 0 ]; then count 1 0 0; else count 0 1 0; fi; }

# A stage that must work but is no test.
silent() { [ "$2" = 0 ] || count 0 1 0; }

from_ctest() {
  local numbers
  numbers=$(python3 - "$build/ctest.xml" <<'PYTHON'
import sys, xml.etree.ElementTree as tree
try:
    suite = tree.parse(sys.argv[1]).getroot()
except (OSError, tree.ParseError):
    sys.exit()
every, bad = int(suite.get("tests", 0)), int(suite.get("failures", 0))
left = int(suite.get("skipped", 0)) + int(suite.get("disabled", 0))
print(every - bad - left, bad, left)
PYTHON
  )
  # ctest that failed without a failed test (no tests, a broken executable) is a failure of its own.
  if [ -z "$numbers" ] || { [ "$2" != 0 ] && [ "$(cut -d' ' -f2 <<<"$numbers")" = 0 ]; }; then
    count 0 1 0
  fi
  # shellcheck disable=SC2086
  [ -z "$numbers" ] || count $numbers
}

# A folder's run.sh: lines "N passed, N failed, N skipped" of its own, or those of `node --test`.
from_script() {
  local numbers
  numbers=$(python3 - "$1" <<'PYTHON'
import re, sys
text = open(sys.argv[1], encoding="utf-8", errors="replace").read()
ours = re.findall(r"^(\d+) passed, (\d+) failed, (\d+) skipped$", text, re.M)
node = [[sum(map(int, re.findall(rf"^(?:# |\u2139 ){word} (\d+)$", text, re.M)))
         for word in ("pass", "fail", "skipped")]]
counts = [[int(number) for number in line] for line in ours] or (node if any(node[0]) else [])
print(*(sum(column) for column in zip(*counts)))
PYTHON
  )
  if [ -z "$numbers" ]; then
    one "$1" "$2"
    return
  fi
  # shellcheck disable=SC2086
  count $numbers
  [ "$2" = 0 ] || [ "$(cut -d' ' -f2 <<<"$numbers")" != 0 ] || count 0 1 0
}

# ./dev fuzz names each target before it runs, and stops at the first that finds something.
from_fuzz() {
  local targets bad=0
  targets=$(grep -c '^fuzz: ' "$1")
  [ "$2" = 0 ] || bad=1
  count $((targets - (targets > 0 ? bad : 0))) "$bad" 0
}

folder() {
  local name="$1" budget="$2" script="tests/$1/run.sh"
  [ -f "$script" ] || return 0
  stage "$name" "$budget" from_script bash "$script" "$PWD/$build/minhu"
}

# The end of a long output is what is read: the names of what failed, and below them why.
tell_what_failed() {
  local name
  for name in "${broken[@]}"; do
    printf '\n== %s failed\n' "$name"
    grep -nE '^ *not ok |^FAILED|\*\*\*(Failed|Timeout|Exception)|\[  FAILED  \]|^ *(FAIL|×) |Refused: |Error: |SUMMARY: |over budget' "$log/$name.txt" \
      | cut -c1-240 | tail -20
    printf -- '-- why\n'
    grep -nE -B3 -A9 '^ *not ok |^ *FAIL|: Failure$|\[warn\]|ERROR: ' "$log/$name.txt" | cut -c1-240 | head -70
  done
}

finish() {
  local all=$((SECONDS - started))
  tell_what_failed
  printf '\n%-22s %8s %8s\n' stage took budget
  printf '%s\n' "${table[@]}"
  printf '%-22s %8s %8s\n\n' 'in all' "$(clock "$all")" 55:00
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" = 0 ]
  exit
}

stage setup 300 silent bash tools/dev/setup.sh || finish
stage build 1500 silent bash tools/dev/build.sh "$preset" || finish
stage form 60 one bash tools/dev/format.sh --check
# For what asks both engines, in ctest and below.
# shellcheck source=tools/dev/_postgresql.sh
source tools/dev/_postgresql.sh
start_postgresql || count 0 1 0
# What tests write lies in memory where there is room: each waits for a disk again and again, and none asks what a disk keeps.
# That is asked of real ones by the faults, which are left alone.
scratch='' elsewhere=${TMPDIR-}
if [ -w /dev/shm ] && [ "$(df --output=avail /dev/shm | tail -1)" -gt 4000000 ]; then
  scratch=$(mktemp -d /dev/shm/minhu-tests-XXXXXX)
  chmod 711 "$scratch"  # some tests become another account below it
  trap 'stop_postgresql; rm -rf "$scratch"' EXIT
  export TMPDIR="$scratch"
  # What a test makes of tables is the same for hundreds of them: the first leaves them, empty, for the others.
  mkdir "$scratch/schemas"
  export MINHU_TEST_SCHEMAS="$scratch/schemas"
fi
rm -f "$build/ctest.xml"
stage units 900 from_ctest ctest --test-dir "$build" --output-on-failure --no-tests=error \
  -j "${JOBS:-$(nproc)}" -LE '^(faults|fuzz|bench)$' --output-junit "$PWD/$build/ctest.xml"
if [ "$preset" = dev ]; then
  # Without the random walks: each of their thousands of steps waits for a server, which takes longer than it tells.
  GTEST_FILTER='-Walks.*:Closures.TheSameFrom*' \
    stage postgresql 240 from_script bash tools/dev/_test_postgresql.sh --built cases record messages accusations
  stage desk 240 from_script bash tools/dev/desk.sh test
  folder browser 1500
fi
if [ -n "$elsewhere" ]; then export TMPDIR="$elsewhere"; else unset TMPDIR; fi
folder faults 420
folder packaging 60
if [ "$preset" = dev ]; then
  # Builds with clang first; then half a minute a target.
  targets=$(find tests/fuzz -name '*_fuzz.cc' 2>/dev/null | wc -l)
  [ "$targets" = 0 ] || stage fuzz $((300 + 30 * targets)) from_fuzz bash tools/dev/fuzz.sh '' 30
fi
finish
