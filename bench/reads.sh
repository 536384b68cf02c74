# reads: the queue page of a county with a million cases, memory of the server, and its start
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
cases=${CASES:-1000000} seconds=${SECONDS_A_ROUND:-20} clients=${CLIENTS:-2}
minhu=build/release/minhu
work=${WORK:-$(mktemp -d)}; [ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
data="$work/million"

if [ ! -f "$data/minhu.db" ]; then
  $minhu demo --data "$data" --cases 200 --months 3 >&2
  $minhu bulk --data "$data" --cases "$cases" >&2
fi
$minhu rebuild --data "$data" --sample 500 >&2

started=$(date +%s%N)
$minhu serve --data "$data" --port 0 >"$work/log" 2>&1 & server=$!
until grep -q '^serving ' "$work/log"; do sleep 0.005; done
port=$(sed -n 's|^serving http://127.0.0.1:||p' "$work/log")
until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do sleep 0.005; done
ready_ms=$(( ($(date +%s%N) - started) / 1000000 ))

read -r _ _ login password < <(grep '^login dispatcher ' "$work/log" | head -1)
cookie=$(curl -s -D - -o /dev/null "http://127.0.0.1:$port/office/sign-in" \
           --data-urlencode "login=$login" --data-urlencode "password=$password" |
         sed -n 's/^Set-Cookie: \(__Host-minhu=[^;]*\).*/\1/Ip' | tr -d '\r')
first="/office?part=dispatch"
next=$(curl -s -H "Cookie: $cookie" "http://127.0.0.1:$port$first" |
       grep -o '/office?[^"]*after=[^"]*' | head -1 | sed 's/&amp;/\&/g')
paths=("$first" "/office?part=call_back" "/office?part=close" "/api/v1/queue?part=dispatch&limit=50")
[ -n "$next" ] && paths+=("$next")
read -r answers p50 p99 longest bad < <(build/release/bench/reads_get "$port" "$cookie" "$clients" "$seconds" "${paths[@]}")
rss=$(awk '/^VmHWM/ {print int($2/1024)}' "/proc/$server/status")
kill -TERM $server; wait $server || true
figure cases_in_the_county "$cases"    cases -
figure queue_answers       "$answers"  count -
figure queue_p50           "$p50"      ms    -
figure queue_p99           "$p99"      ms    '<= 20'
figure queue_longest       "$longest"  ms    -
figure queue_refused       "$bad"      count '<= 0'
figure memory_peak         "$rss"      MiB   '<= 300'
figure ready_after         "$ready_ms" ms    '<= 1000'
finish_figures
