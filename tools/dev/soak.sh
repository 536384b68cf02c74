# soak: [MINUTES] a demo county under steady reading and writing; memory, descriptors and p99 at the start and at the end
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
memory() { awk '/^VmRSS/ {print int($2/1024)}' "/proc/$server/status"; }
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
  echo "round $round: $cases cases p99 $write_p99 ms, $answers pages p99 $read_p99 ms, $(memory) MiB, $(files) files"
done
kill -TERM "$server"
wait "$server"
"$minhu" rebuild --data "$work/data" | tail -n 1
echo "rounds $round, rounds with a refusal $bad"
[ "$bad" = 0 ]
