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
read -r _ _ login password < <(grep '^login dispatcher ' "$work/log")
cookie=$(curl -s -D - -o /dev/null "http://127.0.0.1:$port/office/sign-in" \
           --data-urlencode "login=$login" --data-urlencode "password=$password" |
         sed -n 's/^Set-Cookie: \(__Host-minhu=[^;]*\).*/\1/Ip' | tr -d '\r')
memory() { awk '/^VmRSS/ {print $2}' "/proc/$server/status"; }  # KiB
files() { find "/proc/$server/fd" -mindepth 1 | wc -l; }

# Ten seconds of writing by two clients and reading by two, then a look; until the time is over.
end=$((SECONDS + minutes * 60))
bad=0 round=0
while [ $SECONDS -lt $end ]; do
  build/release/bench/intake_load "$port" 2 9 >"$work/writes" & writing=$!
  build/release/bench/reads_get "$port" "$cookie" 2 9 / /done /office "/office?part=lead" "/api/v1/queue?part=dispatch" \
    >"$work/reads" || bad=$((bad + 1))
  wait "$writing" || bad=$((bad + 1))
  read -r cases _ _ write_p99 _ <"$work/writes"
  read -r answers _ read_p99 _ _ <"$work/reads"
  round=$((round + 1))
  echo "$SECONDS $(memory) $(files) $write_p99 $read_p99" >>"$work/rounds"
  echo "round $round: $cases cases p99 $write_p99 ms, $answers pages p99 $read_p99 ms, $(($(memory) / 1024)) MiB, $(files) files"
done
kill -TERM "$server"
wait "$server"
"$minhu" rebuild --data "$work/data" | tail -n 1
echo "rounds $round, rounds with a refusal $bad"
# A line through the second half: the first fills the caches. Goals: 1 MiB an hour, no descriptor, p99 of the last sixth at most 1.2 times
# that of the sixth after the first.
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
p99 = [statistics.median(row[3] for row in late) / statistics.median(row[3] for row in early)]
p99.append(statistics.median(row[4] for row in late) / statistics.median(row[4] for row in early))
print(f"memory {slope[0] / 1024:+.2f} MiB an hour, descriptors {slope[1]:+.2f} an hour, p99 late/early: writes {p99[0]:.2f}, pages {p99[1]:.2f}")
if int(sys.argv[2]) >= 20 and (slope[0] > 1024 or slope[1] > 0.5 or max(p99) > 1.2):
    sys.exit("that is a slope")
PYTHON
[ "$bad" = 0 ]
