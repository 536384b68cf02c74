# soak: [MINUTES] a demo county under steady reading and writing; memory, descriptors and p99; from 20 minutes on their slope is judged
set -euo pipefail
minutes="${1:-20}"
bash tools/dev/build.sh release >/dev/null
minhu=build/release/minhu
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
"$minhu" demo --data "$work/data" --cases 2000 --months 12 | tail -n 1
: >"$work/log"
"$minhu" serve --data "$work/data" --port 0 >"$work/log" 2>&1 & server=$!
until grep -q '^serving ' "$work/log"; do sleep 0.05; done
port=$(sed -n 's|^serving http://127.0.0.1:||p' "$work/log")
memory() { awk '/^VmRSS/ {print $2}' "/proc/$server/status"; }  # KiB
files() { find "/proc/$server/fd" -mindepth 1 | wc -l; }

# A rush first, so that what may take so and so much memory has taken it (pages of the file: 64 MiB for the writer, 8 for each of four readers; lines of
# lists: 32 MiB). Filled at the pace of a county they would take hours, and look like a leak.
build/release/bench/load_run --ports "$port" --logins "$work/log" --seed 1000 --seconds 90 --reads 600 --intakes 60 --steps 60 \
  --storm 1 --storm-seconds 0.1 --after-seconds 1 >"$work/times" || echo "the rush was not answered well"
until [ "$(curl -s "http://127.0.0.1:$port/metrics" | awk '$1=="minhu_matters_read_percent" {print $2}')" = 100 ]; do sleep 1; done
echo "after the rush: $(($(memory) / 1024)) MiB, $(files) files"

# A minute of a county: a hundred reads a second; people sign in anew; words and steps at the pace of 2,160 cases a day, twice what Boston has. (Each
# case that is taken in is read for its likeness and stays in memory, some 3 KiB: words as fast as they can be taken in would measure that.)
end=$((SECONDS + minutes * 60))
bad=0 round=0
while [ $SECONDS -lt $end ]; do
  build/release/bench/load_run --ports "$port" --logins "$work/log" --seed "$((round + 1))" --seconds 56 --reads 100 --intakes 0.025 --steps 0.025 --receipts 1 \
    --storm 1 --storm-seconds 0.1 --after-seconds 1 >"$work/times" || bad=$((bad + 1))
  read -r _ _ cases write_p50 _ < <(grep '^steady writes ' "$work/times")
  read -r _ _ answers _ read_p99 _ < <(grep '^steady reads ' "$work/times")
  round=$((round + 1))
  echo "$SECONDS $(memory) $(files) $write_p50 $read_p99" >>"$work/rounds"
  echo "round $round: $cases writes p50 $write_p50 ms, $answers reads p99 $read_p99 ms, $(($(memory) / 1024)) MiB, $(files) files"
done
kill -TERM "$server"
wait "$server"
"$minhu" rebuild --data "$work/data" | tail -n 1
echo "rounds $round, rounds with a refusal $bad"
# A line through the second half: the first fills the caches. Goals: 1 MiB an hour, no descriptor, p99 of reads in the last sixth at most 1.2
# times that of the sixth after the first (of writes there are too few for a p99: their median is shown).
python3 - "$work/rounds" "$minutes" <<'PYTHON' || bad=$((bad + 1))
import statistics, sys
rows = [tuple(map(float, line.split())) for line in open(sys.argv[1])]
half = rows[len(rows) // 2:]
if len(half) < 2:
    print("too short for a slope")
    sys.exit(0)
seconds = [row[0] for row in half]
slope = [statistics.linear_regression(seconds, [row[column] for row in half]).slope * 3600 for column in (1, 2)]
sixth = max(1, len(rows) // 6)
early, late = rows[sixth:2 * sixth] or rows, rows[-sixth:]
writes, reads = (statistics.median(row[column] for row in late) / statistics.median(row[column] for row in early) for column in (3, 4))
print(f"memory {slope[0] / 1024:+.2f} MiB an hour, descriptors {slope[1]:+.2f} an hour, late/early: reads p99 {reads:.2f}, writes p50 {writes:.2f}")
if int(sys.argv[2]) >= 20 and (slope[0] > 1024 or slope[1] > 0.5 or reads > 1.2):
    sys.exit("that is a slope")
PYTHON
[ "$bad" = 0 ]
