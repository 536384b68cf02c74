# growth: p99 of the queue page and of intake as a county grows (SIZES="10000 100000"), on a file and on PostgreSQL (STORAGES), flat within 1.5
# SHELLS="10000000": further sizes, on a file, whose closed cases have no histories: only the rows, keys and receipts that lists and intake touch.
# Every size has a server of its own in the same run, and they are asked by turns, so that what the machine does beside it falls on all.
# One client at a time: how long an answer takes, not how long it waits for others.
# The queue page is one with as many lines in every county, 50 where all have them, or a larger county would be charged for the longer page. What the dispatcher's first page
# takes as it stands (fewer lines in a smaller county) is shown beside it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
build=${BUILD:-build/release} keep=${WORK:-} seconds=${SECONDS_A_ROUND:-3} rounds=${ROUNDS:-5}
read -ra sizes <<<"${SIZES:-10000 100000}"
read -ra storages <<<"${STORAGES:-sqlite postgresql}"
read -ra shells <<<"${SHELLS:-}"
minhu=$build/minhu
work=$(mktemp -d); [ -n "$keep" ] || { keep=$work/made; mkdir "$keep"; }
source bench/load/county.sh
trap 'stop_all; stop_postgresql; rm -rf "$work"' EXIT

session() {  # LOG PORT: the cookie of the dispatcher of the hotline, who has the longest queue
  local login password
  read -r _ _ login password < <(grep '^login dispatcher rexian' "$1")
  curl -s -D - -o /dev/null "http://127.0.0.1:$2/api/v1/session" -H 'Content-Type: application/json' -H 'X-Minhu-Desk: 1' \
    -d "{\"login\":\"$login\",\"password\":\"$password\"}" | sed -n 's/^Set-Cookie: \(__Host-minhu=[^;]*\).*/\1/Ip' | tr -d '\r'
}
# What a start has to do once (read every matter, move every key) grows with the county by right, and is over before anything is measured.
settled() {  # PROCESS
  local before after
  for _ in $(seq "${SETTLE_ROUNDS:-200}"); do
    before=$(cpu_of "$1"); sleep 3; after=$(cpu_of "$1")
    if awk -v a="$after" -v b="$before" 'BEGIN {exit !(a-b < 0.15)}'; then return 0; fi
  done
  echo "a server does not come to rest" >&2; return 1
}
lines_of() {  # PORT COOKIE PART: how many lines the first page has
  curl -sf -H "Cookie: $2" "http://127.0.0.1:$1/api/v1/queue?part=$3&limit=50" |
    python3 -c 'import json, sys; print(len(json.load(sys.stdin)["lines"]))'
}
fullest_part() {  # the part whose page is as full as can be in every county, and how many lines that is
  local part cases lines least most=0 fullest=
  for part in dispatch ask_again call_back close; do
    least=50
    for cases in "${every[@]}"; do
      lines=$(lines_of "${ports[$cases]}" "${cookies[$cases]}" "$part")
      [ "$lines" -ge "$least" ] || least=$lines
    done
    [ "$least" -le "$most" ] || { most=$least; fullest=$part; }
  done
  [ "$most" -ge 10 ] || { echo "no part of the queue has ten lines in every county" >&2; return 1; }
  echo "$fullest $most"
}
median() { sort -g | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }

# Made once and used where it lies: it fills much of a disk, and what a run adds to it is nothing beside it.
county_of_shells() {  # CASES
  local made=$keep/shells-$1
  [ -f "$made/done" ] && return 0
  rm -rf "$made"
  "$minhu" demo --data "$made" --cases 200 --months 3 >&2
  "$minhu" bulk --data "$made" --cases 10000 >&2  # the open ones fill a page, as in the smallest county
  "$build/bench/growth_shells" "$made" $(($1 - 10000)) >&2
  touch "$made/done"
}

for storage in "${storages[@]}"; do
  if [ "$storage" = postgresql ]; then start_on_disk; trap 'stop_all; stop_postgresql; rm -rf "$work"' EXIT; fi
  declare -A ports=() cookies=()
  every=("${sizes[@]}")
  [ "$storage" = sqlite ] && every+=("${shells[@]}")
  for cases in "${every[@]}"; do
    data=$work/$storage-$cases
    if [[ $storage = sqlite && " ${shells[*]} " = *" $cases "* ]]; then county_of_shells "$cases"; data=$keep/shells-$cases
    elif [ "$storage" = postgresql ]; then county_on_a_server "$cases" "$data" "county_$cases"; else county_in_a_file "$cases" "$data"; fi
    start_minhu "$work/$storage-$cases.log" --data "$data"
    settled "$server"
    ports[$cases]=$port cookies[$cases]=$(session "$work/$storage-$cases.log" "$port")
  done
  read -r part lines < <(fullest_part)
  # Every county is asked for as many lines; the page for browsers always has fifty, and is asked where all have them.
  pages=("/api/v1/queue?part=$part&limit=$lines")
  [ "$lines" -lt 50 ] || pages+=("/office?part=$part")
  echo "a full page: $lines lines of part=$part; waiting for dispatch on the first page: $(for cases in "${every[@]}"; do
    printf '%s of %s; ' "$(lines_of "${ports[$cases]}" "${cookies[$cases]}" dispatch)" "$cases"; done)" >&2
  how_busy
  for round in $(seq 0 "$rounds"); do
    for cases in "${every[@]}"; do
      read -r _ page50 page99 _ bad < <("$build/bench/reads_get" "${ports[$cases]}" "${cookies[$cases]}" 1 "$seconds" "${pages[@]}")
      read -r _ first50 first99 _ more < <("$build/bench/reads_get" "${ports[$cases]}" "${cookies[$cases]}" 1 "$seconds" \
                                            "/api/v1/queue?part=dispatch&limit=50" "/office?part=dispatch")
      read -r _ _ intake50 intake99 refused _ < <("$build/bench/intake_load" "${ports[$cases]}" 1 "$seconds")
      [ "$bad$more$refused" = 000 ] || { echo "$bad and $more pages and $refused intakes were not answered well" >&2; exit 1; }
      # The first round warms what a server keeps at hand.
      [ "$round" = 0 ] || echo "$cases $page50 $page99 $intake50 $intake99 $first50 $first99" >>"$work/$storage"
    done
  done
  stop_all
  [ "$storage" = postgresql ] && stop_postgresql
  column() { awk -v cases="$1" -v column="$2" '$1==cases {print $column}' "$work/$storage" | median; }
  for cases in "${every[@]}"; do
    figure "${storage}_${cases}_page_p50"   "$(column "$cases" 2)" ms -
    figure "${storage}_${cases}_page_p99"   "$(column "$cases" 3)" ms -
    figure "${storage}_${cases}_intake_p50" "$(column "$cases" 4)" ms -
    figure "${storage}_${cases}_intake_p99" "$(column "$cases" 5)" ms -
    figure "${storage}_${cases}_first_p50"  "$(column "$cases" 6)" ms -
    figure "${storage}_${cases}_first_p99"  "$(column "$cases" 7)" ms -
    [ "$cases" = "${sizes[0]}" ] && continue
    growth() { awk -v a="$(column "$cases" "$1")" -v b="$(column "${sizes[0]}" "$1")" 'BEGIN {printf "%.2f", a/b}'; }
    figure "${storage}_${cases}_page_growth_p50"   "$(growth 2)" times -
    figure "${storage}_${cases}_page_growth"       "$(growth 3)" times '<= 1.5'
    figure "${storage}_${cases}_first_growth"      "$(growth 7)" times -
    figure "${storage}_${cases}_intake_growth_p50" "$(growth 4)" times -
    figure "${storage}_${cases}_intake_growth"     "$(growth 5)" times '<= 1.5'
  done
done
finish_figures
