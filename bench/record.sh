# record: from words to their proof, ten minutes without a witness, what intake pays for the record, a log of ten million leaves
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
leaves=${LEAVES:-10000000} log=${RECORD_LOG:-build/release/bench/record_log}
declare -A got
while read -r name value; do got[$name]=$value; done < <($log "$leaves")
[ -n "${got[receipt_bytes]:-}" ] || { echo "record: $log did not come to its end" >&2; exit 1; }
figure leaves_in_the_log     "${got[leaves]}"                   leaves -
figure appends               "${got[appends_a_second]}"         1/s    '>= 1000'
figure appends_with_leaves   "${got[with_derivation_a_second]}" 1/s    '>= 1000'
figure hash_tiles            "${got[tiles_mib]}"                MiB    -
figure inclusion_proof_p50   "${got[proof_p50]}"                ms     -
figure inclusion_proof_p99   "${got[proof_p99]}"                ms     '<= 20'
figure inclusion_proof_max   "${got[proof_longest]}"            ms     -
figure receipt_check_p99     "${got[receipt_check_p99]}"        ms     -
figure receipt               "${got[receipt_bytes]}"            bytes  '<= 2048'

# From here on the program itself.
minhu=build/release/minhu clients=64 seconds=${SECONDS_A_ROUND:-8} rounds=${ROUNDS:-3}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
start() {  # FOLDER OPTIONS…
  local data=$1; shift
  [ -f "$data/minhu.db" ] || "$minhu" init --data "$data" --region 339901 --name 量县 --organiser 量县信访局 --phone 0000-000000 \
    --origin bench.example/record >/dev/null
  : >"$work/log"
  "$minhu" serve --data "$data" --port 0 "$@" >"$work/log" 2>&1 & server=$!
  for _ in $(seq 200); do grep -q '^serving ' "$work/log" && break; sleep 0.05; done
  port=$(sed -n 's|^serving http://127.0.0.1:||p' "$work/log")
}
stop() { kill -TERM $server; wait $server || true; }

start "$work/proofs"
read -r proved p50 p99 longest < <(python3 bench/record/submit.py "$port" 100)
stop
"$minhu" record audit --data "$work/proofs" >&2
figure proved_of_a_hundred   "$proved"  receipts '>= 100'
figure words_to_proof_p50    "$p50"     ms -
figure words_to_proof_p99    "$p99"     ms '<= 1500'
figure words_to_proof_max    "$longest" ms -

# The witness is away for ten minutes while people write (L11).
read -r came refused promised early later within < <(python3 bench/record/outage.py "$minhu" "${OUTAGE:-600}")
figure outage_handed_in      "$came"     cases -
figure outage_refused        "$refused"  cases '<= 0'
figure outage_promised       "$promised" cases ">= $came"
figure outage_proved_during  "$early"    cases '<= 0'
figure outage_proved_after   "$later"    cases ">= $came"
figure outage_all_proved_in  "$within"   s     '<= 60'

# By turns, so that what the machine does beside it falls on both.
rate() { awk '{printf "%.0f\n", $1/$2}' <<<"$1"; }
for round in $(seq "$rounds"); do
  start "$work/off-$round" --without-record; off=$(build/release/bench/intake_load "$port" $clients "$seconds"); stop
  start "$work/on-$round";                   on=$(build/release/bench/intake_load "$port" $clients "$seconds"); stop
  "$minhu" record audit --data "$work/on-$round" >&2 || true
  echo "$(rate "$on") $(rate "$off")" >>"$work/rates"
  echo "round $round: $(rate "$on") cases/s with the record, $(rate "$off") without" >&2
  rm -rf "$work/on-$round" "$work/off-$round"
done
middle() { awk "$1" "$work/rates" | sort -g | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
figure intake_with_record    "$(middle '{print $1}')"                 cases/s -
figure intake_without_record "$(middle '{print $2}')"                 cases/s -
figure intake_share          "$(middle '{printf "%.3f\n", $1/$2}')"  ratio '>= 0.9'
finish_figures
