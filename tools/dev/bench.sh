# bench: lists the benchmarks; `./dev bench NAME` measures and prints `figure value unit goal holds|short`
set -euo pipefail
if [ $# -eq 0 ]; then
  for file in bench/*.sh; do
    name=$(basename "$file" .sh)
    case "$name" in figures | plans) continue ;; esac  # sourced by the others
    printf '  %-8s %s\n' "$name" "$(sed -n "1s/^# $name: //p" "$file")"
  done
  exit 0
fi
[ -f "bench/$1.sh" ] || { echo "No such benchmark: $1. ./dev bench lists them."; exit 2; }
# A benchmark that names what it needs (`# builds: TARGETS`) waits for no more than that.
targets=$(sed -n 's/^# builds: //p' "bench/$1.sh")
if [ -n "$targets" ]; then
  export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
  [ -f build/release/build.ninja ] || cmake --preset release >/dev/null || exit 1
  # shellcheck disable=SC2086 # one word a target
  cmake --build build/release -j "${JOBS:-$(nproc)}" --target $targets >/dev/null || exit 1
else
  bash tools/dev/build.sh release >/dev/null || exit 1
fi
exec bash "bench/$1.sh" "${@:2}"
