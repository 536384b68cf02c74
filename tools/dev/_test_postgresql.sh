# Runs test programs that open a database on a PostgreSQL server of their own: all of them, or those of the units named. --built: they are
# there already. Prints `N passed, N failed, N skipped` at the end.
set -uo pipefail
build=build/dev
built=''
if [ "${1:-}" = --built ]; then built=yes; shift; fi
units=("$@")
if [ ${#units[@]} = 0 ]; then
  # Every unit whose tests say that they use the one place that opens databases; and those that stand on it.
  mapfile -t units < <(grep -rlE 'TEST_USES[^)]*\btest_storage\b' server --include=CMakeLists.txt | xargs -n1 dirname | xargs -n1 basename | sort)
  units+=(test_storage moving schema simulation)
fi
if [ -z "$built" ]; then
  [ -f "$build/build.ninja" ] || cmake --preset dev >/dev/null || exit 1
  ninja -C "$build" "${units[@]/%/_test}" || exit 1
fi
# shellcheck source=tools/dev/_postgresql.sh
source tools/dev/_postgresql.sh
[ -n "${MINHU_TEST_SERVER:-}" ] || start_postgresql || exit 1
export MINHU_TEST_STORAGE=postgresql
results=$(mktemp -d)
trap 'stop_postgresql; rm -rf "$results"' EXIT

run() {
  local unit=$1 program
  program=$(find "$build/server" "$build/tests" -name "${unit}_test" -type f -perm -u+x | head -1)
  [ -n "$program" ] || { echo "no program ${unit}_test" >&2; return 1; }
  local before=$SECONDS code=0
  "$program" --gtest_brief=1 --gtest_output="xml:$results/$unit.xml" >"$results/$unit.txt" 2>&1 || code=$?
  printf '%-20s %4d s  %s\n' "$unit" $((SECONDS - before)) "$([ "$code" = 0 ] && echo ok || echo failed)"
  [ "$code" = 0 ] || sed 's/^/    /' "$results/$unit.txt"
  return "$code"
}
export -f run; export build results
broken=0
printf '%s\n' "${units[@]}" | xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'run {}' || broken=1
python3 - "$broken" "${#units[@]}" "$results"/*.xml <<'PYTHON'
import sys, xml.etree.ElementTree as tree
broken, wanted, files = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
every = bad = left = 0
for file in files:
    for case in tree.parse(file).getroot().iter("testcase"):
        every += 1
        bad += case.find("failure") is not None
        left += case.find("skipped") is not None or case.get("status") == "notrun"
# A program that ended without its report is a failure of its own.
missing = wanted - len(files)
if broken and not bad and not missing:
    bad = 1
print(f"{every - bad - left} passed, {bad + missing} failed, {left} skipped")
sys.exit(1 if bad or missing else 0)
PYTHON
