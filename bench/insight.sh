# insight: figures of a county with a million cases, and whether they are what the events give
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
cases=${CASES:-1000000} seconds=${SECONDS_A_ROUND:-20} clients=${CLIENTS:-1}
minhu=${MINHU:-build/release/minhu} get=${READS_GET:-build/release/bench/reads_get}
work=${WORK:-$(mktemp -d)}; [ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
data="$work/million"

if [ ! -f "$data/minhu.db" ]; then
  $minhu demo --data "$data" --cases 200 --months 3 >&2
  $minhu bulk --data "$data" --cases "$cases" >&2
fi
checked=$($minhu figures check --data "$data") || true
echo "$checked" >&2
different=$(sed -n 's/.* s, \([0-9]*\) different.*/\1/p' <<<"$checked")
took=$(sed -n 's/.* sums in \([0-9.]*\) s.*/\1/p' <<<"$checked")

$minhu serve --data "$data" --port 0 >"$work/log" 2>&1 & server=$!
until grep -q '^serving ' "$work/log"; do sleep 0.05; done
port=$(sed -n 's|^serving http://127.0.0.1:||p' "$work/log")
until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do sleep 0.05; done
read -r _ _ login password < <(grep '^login dispatcher ' "$work/log" | head -1)
cookie=$(curl -s -D - -o /dev/null "http://127.0.0.1:$port/office/sign-in" \
           --data-urlencode "login=$login" --data-urlencode "password=$password" |
         sed -n 's/^Set-Cookie: \(__Host-minhu=[^;]*\).*/\1/Ip' | tr -d '\r')
unit=$(curl -s -H "Cookie: $cookie" "http://127.0.0.1:$port/api/v1/units" |
       grep -o '"id":"[^"]*"' | sed -n '5s/.*:"\(.*\)"/\1/p')
year=$(date +%Y) first=/api/v1/figures
paths=("$first" "$first?unit=$unit" "$first?period=$((year - 1))" "$first?period=$year-05&unit=$unit")
read -r answers p50 p99 longest bad < <($get "$port" "$cookie" "$clients" "$seconds" "${paths[@]}")
read -r _ _ p99_rest _ bad_rest < <($get "$port" "$cookie" "$clients" "$seconds" \
  "$first/months?limit=24" "$first/offices" "$first/annual?year=$((year - 1))")
rss=$(awk '/^VmHWM/ {print int($2/1024)}' "/proc/$server/status")
kill -TERM $server; wait $server || true
figure cases_in_the_county   "$cases"              cases -
figure figures_answers       "$answers"            count -
figure figures_p50           "$p50"                ms    -
figure first_figure_p99      "$p99"                ms    '<= 100'
figure figures_longest       "$longest"            ms    -
figure months_offices_p99    "$p99_rest"           ms    -
figure figures_refused       "$((bad + bad_rest))" count '<= 0'
figure sums_that_differ      "$different"          sums  '<= 0'
figure adding_up_again       "$took"               s     -
figure memory_peak           "$rss"                MiB   -
finish_figures
