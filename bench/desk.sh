# desk: bytes and first paint of the officials' desk, presses to a first answer, the permission matrix
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
bash tools/dev/setup.sh >&2
export MINHU_PROGRAM="$PWD/build/release/minhu"

while read -r name value unit goal; do
  figure "$name" "$value" "$unit" "$goal"
done < <(node bench/desk/measure.mjs)

# The matrix is walked by a test, which says how many cells there are and how long it took. A test that did not run, or whose
# line has changed, is a failure and not a figure.
bash tools/dev/build.sh dev >/dev/null
wrong=0
said=$(build/dev/tests/permissions/permissions_test \
         --gtest_filter='Matrix.EveryPersonAtEveryDoorForACaseInEveryState:Swaps.*' 2>&1) || wrong=$(grep -c '^\[  FAILED  \] .* ms)$' <<<"$said") || true
read -r cells took < <(sed -n 's/.*; \([0-9]*\) cells of .*; \([0-9.]*\) s, .*/\1 \2/p' <<<"$said")
[ -n "${cells:-}" ] && [ -n "${took:-}" ] || { echo "the matrix did not say what it walked" >&2; exit 1; }
figure permission_cells "$cells" cells '>= 3240'
figure permission_walk  "$took"  s     '<= 60'
figure permission_tests_that_failed "$wrong" tests '<= 0'
finish_figures
