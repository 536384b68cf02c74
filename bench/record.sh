# record: from words to their proof, ten minutes without a witness, what intake pays for the record, a log of ten million leaves
#
# `./dev bench record PART…`: log, proof, outage, share; all of them in a quarter of an hour.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
leaves=${LEAVES:-10000000} log=${RECORD_LOG:-build/release/bench/record_log}
minhu=build/release/minhu clients=64 seconds=${SECONDS_A_ROUND:-8} rounds=${ROUNDS:-5}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

# The engine alone.
part_log() {
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
}

# From here on the program itself.
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

part_proof() {
  start "$work/proofs"
  read -r proved p50 p99 longest < <(python3 bench/record/submit.py "$port" 100)
  stop
  "$minhu" record audit --data "$work/proofs" >&2
  figure proved_of_a_hundred   "$proved"  receipts '>= 100'
  figure words_to_proof_p50    "$p50"     ms -
  figure words_to_proof_p99    "$p99"     ms '<= 1500'
  figure words_to_proof_max    "$longest" ms -
}

# The witness is away for ten minutes while people write (L11).
part_outage() {
  read -r came refused promised early later within < <(python3 bench/record/outage.py "$minhu" "${OUTAGE:-600}")
  figure outage_handed_in      "$came"     cases -
  figure outage_refused        "$refused"  cases '<= 0'
  figure outage_promised       "$promised" cases ">= $came"
  figure outage_proved_during  "$early"    cases '<= 0'
  figure outage_proved_after   "$later"    cases ">= $came"
  figure outage_all_proved_in  "$within"   s     '<= 60'
}

# Each of the two first by turns: what the machine does beside it, and what the one before has left to be written to the
# disk, falls on both.
intake() {  # NAME OPTIONS…: cases a second into the file NAME; audited where there is a record
  local name=$1 cases took; shift
  start "$work/county" "$@"
  read -r cases took _ < <(build/release/bench/intake_load "$port" $clients "$seconds")
  stop
  [ $# -gt 0 ] || "$minhu" record audit --data "$work/county" >&2 || true
  rm -rf "$work/county"; sync
  awk -v c="$cases" -v t="$took" 'BEGIN {printf "%.0f\n", c/t}' >"$work/$name"
}
middle() { awk "$1" "$work/rates" | sort -g | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
part_share() {
  for round in $(seq "$rounds"); do
    if [ $((round % 2)) = 0 ]; then intake on; fi
    intake off --without-record
    if [ $((round % 2)) = 1 ]; then intake on; fi
    echo "$(cat "$work/on") $(cat "$work/off")" >>"$work/rates"
    echo "round $round: $(cat "$work/on") cases/s with the record, $(cat "$work/off") without" >&2
  done
  figure intake_with_record    "$(middle '{print $1}')"                 cases/s -
  figure intake_without_record "$(middle '{print $2}')"                 cases/s -
  figure intake_share          "$(middle '{printf "%.3f\n", $1/$2}')"  ratio '>= 0.9'
}

[ $# -gt 0 ] || set -- log proof outage share
for part in "$@"; do
  case "$part" in
    log | proof | outage | share) "part_$part" ;;
    *) echo "record: $part is none of log, proof, outage, share" >&2; exit 2 ;;
  esac
done
finish_figures
