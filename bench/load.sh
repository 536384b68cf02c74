# load: [--storage postgresql] [--servers N] [--cases N] [--seconds S] [--intakes N] [--reads N] [--steps N] [--only KIND] [--storm TIMES] [--storm-seconds S] [--settle S] an open loop
# Residents, desks and readers ask by the clock: what each asks for and when is drawn beforehand, and how long an answer took counts from
# when it was due. Then a storm of --storm times as much, and a while of quiet. The goals are those of the steady part; a storm has none but
# that every answer is one (refused in words is an answer) and that it passes.
set -euo pipefail
storage=sqlite servers=1 cases=10000 seconds=20 intakes=10 reads=100 steps=5 storm=20 storm_seconds=2 settle=0 only=()
while [ $# -gt 0 ]; do
  case $1 in
    --storage) storage=$2 ;; --servers) servers=$2 ;; --cases) cases=$2 ;; --seconds) seconds=$2 ;; --intakes) intakes=$2 ;;
    --reads) reads=$2 ;; --only) only=(--only "$2") ;; --steps) steps=$2 ;; --storm) storm=$2 ;; --storm-seconds) storm_seconds=$2 ;; --settle) settle=$2 ;;
    *) sed -n '1s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
  shift 2
done
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
build=${BUILD:-build/release} keep=${WORK:-}
minhu=$build/minhu
work=$(mktemp -d)
source bench/load/county.sh
trap 'stop_all; stop_postgresql; rm -rf "$work"' EXIT
case $storage in
  sqlite) county_in_a_file "$cases" "$work/data" ;;
  postgresql) start_on_disk; trap 'stop_all; stop_postgresql; rm -rf "$work"' EXIT; county_on_a_server "$cases" "$work/data" bench ;;
  *) echo "--storage is sqlite or postgresql" >&2; exit 2 ;;
esac

if [ "$servers" -gt 1 ]; then
  [ "$storage" = postgresql ] || { echo "several servers share a PostgreSQL database: --storage postgresql" >&2; exit 2; }
  keys_on_a_server "$work/data" bench_keys
fi
ports=() processes=()
for number in $(seq "$servers"); do
  data=$work/data
  [ "$number" = 1 ] || { data=$work/data-$number; folder_of_another "$work/data" "$data"; }
  start_minhu "$work/log-$number" --data "$data" || { echo "server $number of $servers does not start" >&2; exit 1; }
  ports+=("$port") processes+=("$server")
done
cpu_of_servers() { for one in "${processes[@]}"; do cpu_of "$one"; done | awk '{s+=$1} END {print s}'; }

# A server that has been up for a while: after a start it reads every case there is for likeness, in time that nobody else wants. What is
# measured otherwise is a start in the middle of the day.
settled=0
if [ "$settle" -gt 0 ]; then
  for at in "${ports[@]}"; do
    until [ "$(curl -s "http://127.0.0.1:$at/metrics" | awk '$1=="minhu_matters_read_percent" {print $2}')" = 100 ] ||
      [ "$settled" -ge "$settle" ]; do
      sleep 1; settled=$((settled + 1))
    done
  done
  # What was read is joined to groups afterwards.
  before=$(cpu_of_servers); sleep 30; settled=$((settled + 30))
  while [ "$settled" -lt "$settle" ] && awk -v a="$(cpu_of_servers)" -v b="$before" 'BEGIN {exit !(a-b > 9)}'; do
    before=$(cpu_of_servers); sleep 30; settled=$((settled + 30))
  done
fi

how_busy
server_before=$(cpu_of_servers) database_before=$(cpu_of_database) code=0
"$build/bench/load_run" --ports "$(IFS=,; echo "${ports[*]}")" --logins "$work/log-1" --seconds "$seconds" --intakes "$intakes" \
  --steps "$steps" --reads "$reads" --storm "$storm" --storm-seconds "$storm_seconds" --after-seconds "$((storm_seconds * 3))" "${only[@]}" \
  >"$work/times" || code=$?
grep -q '^generator ' "$work/times" || exit 1
server_cpu=$(awk -v a="$(cpu_of_servers)" -v b="$server_before" 'BEGIN {printf "%.1f", a-b}')
database_cpu=$(awk -v a="$(cpu_of_database)" -v b="$database_before" 'BEGIN {printf "%.1f", a-b}')
how_busy
stop_all

{ echo "phase kind answers p50 p99 p99.9 longest refused wrong"; grep -v '^generator ' "$work/times"; } |
  awk '{printf "%-8s%-9s%9s%10s%10s%10s%10s%9s%7s\n", $1, $2, $3, $4, $5, $6, $7, $8, $9}' >&2
value() { awk -v phase="$1" -v kind="$2" -v column="$3" '$1==phase && $2==kind {print $column; found=1} END {if (!found) print 0}' "$work/times"; }
total() { awk -v phase="$1" -v column="$2" '$1==phase && ($2=="reads" || $2=="writes") {s+=$column} END {print s+0}' "$work/times"; }
read -r _ late generator_cpu connections recovered < <(grep '^generator ' "$work/times")
figure intakes_a_second      "$(awk -v n="$(value steady intake 3)" -v s="$seconds" 'BEGIN {printf "%.1f", n/s}')" 1/s -
figure reads_a_second        "$(awk -v n="$(value steady reads 3)" -v s="$seconds" 'BEGIN {printf "%.1f", n/s}')"  1/s -
figure intake_p99            "$(value steady intake 5)"  ms    '<= 100'
figure reads_p99             "$(value steady reads 5)"   ms    '<= 50'
figure not_answered_well     "$(( $(total steady 8) + $(total steady 9) ))" count '<= 0'
figure storm_refused         "$(total storm 8)"          count -
figure storm_wrong           "$(( $(total storm 9) + $(total after 9) ))" count '<= 0'
figure storm_over_after      "$recovered"                s     -
figure settled_for           "$settled"                  s     -
figure generator_late_p99    "$late"                     ms    -
figure connections           "$connections"              count -
figure server_cpu            "$server_cpu"               s     -
figure database_cpu          "$database_cpu"             s     -
figure generator_cpu         "$generator_cpu"            s     -
[ "$code" = 0 ] || short=1
finish_figures
