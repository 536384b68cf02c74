# fuzz: [TARGET] [SECONDS] [keep] runs the libFuzzer targets of tests/fuzz (all of them, 60 s each), one a processor at a time; crashes stay in build/fuzz/crashes
# keep: the smallest set of inputs that reaches all that was reached goes to tests/fuzz/found, and later runs begin with it.
set -euo pipefail
[ -z "${3:-}" ] || [ "$3" = keep ] || { echo "usage: ./dev fuzz [TARGET] [SECONDS] [keep]" >&2; exit 2; }
wanted="${1:-}"
seconds="${2:-60}"
keep="${3:-}"
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
log="$logs/build"
[ -f build/fuzz/build.ninja ] || cmake --preset fuzz >"$log" 2>&1 || { cat "$log"; exit 1; }
cmake --build build/fuzz --target fuzz_targets -j "${JOBS:-$(nproc)}" >"$log" 2>&1 || { cat "$log"; exit 1; }
mkdir -p build/fuzz/crashes

run() {
  local program="$1" target
  target=$(basename "$program" _fuzz)
  # tests/fuzz/corpus holds seeds that people wrote; found is what machines made of them.
  mkdir -p "build/fuzz/corpus/$target"
  [ -f "tests/fuzz/found/$target.tar.gz" ] && tar -xzf "tests/fuzz/found/$target.tar.gz" -C "build/fuzz/corpus/$target"
  local seeds=()
  [ -d "tests/fuzz/corpus/$target" ] && seeds+=("tests/fuzz/corpus/$target")
  [ -f "tests/fuzz/$target.dict" ] && seeds+=("-dict=tests/fuzz/$target.dict")
  "$program" "build/fuzz/corpus/$target" "${seeds[@]}" -max_total_time="$seconds" -max_len=4096 \
    -timeout=5 -rss_limit_mb=1024 -artifact_prefix="build/fuzz/crashes/$target-" -print_final_stats=1 >"$logs/$target" 2>&1 \
    || touch "$logs/$target.failed"
}

keep() {
  local target="$1" smallest="$logs/smallest-$1"
  local from=("build/fuzz/corpus/$target")
  [ -d "tests/fuzz/corpus/$target" ] && from+=("tests/fuzz/corpus/$target")
  mkdir -p "$smallest" tests/fuzz/found
  "build/fuzz/tests/fuzz/${target}_fuzz" -merge=1 -max_len=1024 "$smallest" "${from[@]}" >/dev/null 2>&1
  tar -C "$smallest" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - . | gzip -n9 >"tests/fuzz/found/$target.tar.gz"
}

targets=()
for program in build/fuzz/tests/fuzz/*_fuzz; do
  target=$(basename "$program" _fuzz)
  [ -z "$wanted" ] || [ "$wanted" = "$target" ] || continue
  targets+=("$target")
done
[ ${#targets[@]} -gt 0 ] || { echo "There is no fuzz target called $wanted"; exit 1; }
for target in "${targets[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-$(nproc)}" ]; do wait -n; done
  run "build/fuzz/tests/fuzz/${target}_fuzz" &
done
wait
failed=0
for target in "${targets[@]}"; do
  echo "fuzz: $target for $seconds s"
  if [ -e "$logs/$target.failed" ]; then
    tail -60 "$logs/$target"
    failed=1
  fi
  grep -E "^(Done|stat::number_of_executed_units|stat::peak_rss_mb)" "$logs/$target" || true
done
if [ -n "$keep" ] && [ $failed = 0 ]; then
  for target in "${targets[@]}"; do keep "$target"; done
fi
exit $failed
