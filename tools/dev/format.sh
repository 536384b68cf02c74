# format: [--check] puts C++ into the house's form; --check only says where it is not
set -euo pipefail
formatter="${CLANG_FORMAT:-clang-format-19}"
mode=(-i)
[ "${1:-}" = --check ] && mode=(--dry-run --Werror)
# What git tracks or would track and is still there.
git ls-files -z --cached --others --exclude-standard -- '*.cc' '*.h' |
  while IFS= read -r -d '' file; do [ -f "$file" ] && printf '%s\0' "$file"; done |
  xargs -0 -r -n 16 -P "$(nproc)" "$formatter" "${mode[@]}"
