# fuzz: [TARGET] [SECONDS] runs the libFuzzer targets of tests/fuzz (all of them, 60 s each); crashes stay in build/fuzz/crashes
set -euo pipefail
wanted="${1:-}"
seconds="${2:-60}"
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
[ -f build/fuzz/build.ninja ] || cmake --preset fuzz >"$log" 2>&1 || { cat "$log"; exit 1; }
cmake --build build/fuzz --target fuzz_targets -j "${JOBS:-$(nproc)}" >"$log" 2>&1 || { cat "$log"; exit 1; }
mkdir -p build/fuzz/crashes
found=0
for program in build/fuzz/tests/fuzz/*_fuzz; do
  target=$(basename "$program" _fuzz)
  [ -z "$wanted" ] || [ "$wanted" = "$target" ] || continue
  found=1
  # What is found is kept with the build; tests/fuzz/corpus holds the seeds alone.
  mkdir -p "build/fuzz/corpus/$target"
  echo "fuzz: $target for $seconds s"
  "$program" "build/fuzz/corpus/$target" "tests/fuzz/corpus/$target" -max_total_time="$seconds" -max_len=4096 \
    -timeout=5 -rss_limit_mb=1024 -artifact_prefix="build/fuzz/crashes/$target-" -print_final_stats=1 >"$log" 2>&1 \
    || { tail -60 "$log"; exit 1; }
  grep -E "^(Done|stat::number_of_executed_units|stat::peak_rss_mb)" "$log"
done
[ $found = 1 ] || { echo "There is no fuzz target called $wanted"; exit 1; }
