# desk: bytes and first paint of the officials' desk, presses to a first answer, the permission matrix
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
bash tools/dev/setup.sh >&2
export MINHU_PROGRAM="$PWD/build/release/minhu"

while read -r name value unit goal; do
  figure "$name" "$value" "$unit" "$goal"
done < <(node bench/desk/measure.mjs)

# The matrix is walked by a test, which says how many cells there are and how long it took.
bash tools/dev/build.sh dev >/dev/null
if [ -x build/dev/tests/permissions/permissions_test ]; then
  said=$(build/dev/tests/permissions/permissions_test --gtest_brief=1 2>&1 || true)
  figure permission_cells "$(sed -n 's/^permission cells: \([0-9]*\).*/\1/p' <<<"$said" | tail -1)" cells '>= 3240'
  figure permission_wrong "$(sed -n 's/^permission cells: .* \([0-9]*\) wrong.*/\1/p' <<<"$said" | tail -1)" cells '<= 0'
  figure permission_walk "$(sed -n 's/^permission cells: .* in \([0-9.]*\) s.*/\1/p' <<<"$said" | tail -1)" s '<= 60'
fi
finish_figures
