# intake: durable cases a second through POST /api/v1/cases, against a bare SQLite program in the same run
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
clients=64 seconds=${SECONDS_A_ROUND:-8} rounds=${ROUNDS:-3}
minhu=build/release/minhu
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

cpu_of() { awk -v hz="$(getconf CLK_TCK)" '{print ($14+$15)/hz}' "/proc/$1/stat"; }

for round in $(seq "$rounds"); do
  data="$work/$round"; mkdir -p "$data"
  "$minhu" init --data "$data" --region 339901 --name 量县 --organiser 量县信访局 --phone 0000-000000 >/dev/null
  rm -f "$work/log"; : >"$work/log"
  "$minhu" serve --data "$data" --port 0 --record-batches "$work/batches" >"$work/log" 2>&1 & server=$!
  for _ in $(seq 100); do grep -q '^serving ' "$work/log" && break; sleep 0.05; done
  port=$(sed -n 's|^serving http://127.0.0.1:||p' "$work/log")
  read -r cases secs p50 p99 refused load_cpu < <(build/release/bench/intake_load "$port" $clients "$seconds")
  server_cpu=$(cpu_of $server)
  kill -TERM $server; wait $server || true
  read -r b_cases b_secs b_cpu o_cases o_secs o_cpu < <(build/release/bench/intake_replay "$data/minhu.db" "$work/batches" "$work")
  echo "round $round: $cases cases in $secs s, p50 $p50 ms, p99 $p99 ms; bare $b_cases in $b_secs s; one by one $o_cases in $o_secs s;" \
       "CPU s: server $server_cpu, generator $load_cpu, bare $b_cpu; mean batch $(awk '{s+=$1} END {printf "%.1f", s/NR}' "$work/batches")" >&2
  echo "$cases $secs $p50 $p99 $b_cases $b_secs $o_cases $o_secs $server_cpu $load_cpu $b_cpu" >>"$work/rounds"
done
median() { awk "$1" "$work/rounds" | sort -g | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
figure intake_rate           "$(median '{printf "%.0f\n", $1/$2}')"                cases/s - 
figure intake_p50            "$(median '{print $3}')"                              ms      -
figure intake_p99            "$(median '{print $4}')"                              ms      '<= 50'
figure bare_rate             "$(median '{printf "%.0f\n", $5/$6}')"                cases/s -
figure one_commit_a_case     "$(median '{printf "%.0f\n", $7/$8}')"                cases/s -
figure share_of_bare         "$(median '{printf "%.3f\n", ($1/$2)/($5/$6)}')"      ratio   '>= 0.5'
figure times_one_by_one      "$(median '{printf "%.1f\n", ($1/$2)/($7/$8)}')"      ratio   '>= 10'
figure server_cpu_a_case     "$(median '{printf "%.0f\n", $9/$1*1e6}')"            us      -
figure generator_cpu_a_case  "$(median '{printf "%.0f\n", $10/$1*1e6}')"           us      -
figure bare_cpu_a_case       "$(median '{printf "%.0f\n", $11/$5*1e6}')"           us      -
finish_figures
