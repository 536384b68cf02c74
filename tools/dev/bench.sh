# bench: lists the benchmarks; `./dev bench NAME` measures and prints `figure value unit goal holds|short`
set -euo pipefail
if [ $# -eq 0 ]; then
  for file in bench/*.sh; do
    name=$(basename "$file" .sh)
    [ "$name" = figures ] && continue
    printf '  %-8s %s\n' "$name" "$(sed -n "1s/^# $name: //p" "$file")"
  done
  exit 0
fi
[ -f "bench/$1.sh" ] || { echo "No such benchmark: $1. ./dev bench lists them."; exit 2; }
bash tools/dev/build.sh release >/dev/null || exit 1
exec bash "bench/$1.sh" "${@:2}"
