# fuzz: [TARGET] [SECONDS] runs the libFuzzer targets of tests/fuzz (all of them, 60 s each), one a processor at a time; crashes stay in build/fuzz/crashes
set -euo pipefail
wanted="${1:-}"
seconds="${2:-60}"
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
  # What is found is kept with the build; tests/fuzz/corpus holds the seeds alone.
  mkdir -p "build/fuzz/corpus/$target"
  local seeds=()
  [ -d "tests/fuzz/corpus/$target" ] && seeds+=("tests/fuzz/corpus/$target")
  [ -f "tests/fuzz/$target.dict" ] && seeds+=("-dict=tests/fuzz/$target.dict")
  "$program" "build/fuzz/corpus/$target" "${seeds[@]}" -max_total_time="$seconds" -max_len=4096 \
    -timeout=5 -rss_limit_mb=1024 -artifact_prefix="build/fuzz/crashes/$target-" -print_final_stats=1 >"$logs/$target" 2>&1 \
    || touch "$logs/$target.failed"
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
exit $failed
