# storage: durable cases a second through POST /api/v1/cases on PostgreSQL, against pgbench with the same statements in the same run
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
clients=64 seconds=${SECONDS_A_ROUND:-8} rounds=${ROUNDS:-3} build=${BUILD:-build/release} keep=''
minhu=$build/minhu
work=$(mktemp -d)
source bench/load/county.sh
start_on_disk
trap 'stop_all; stop_postgresql; rm -rf "$work"' EXIT
address=$MINHU_TEST_SERVER

"$minhu" init --data "$work/data" --storage "$address" --region 339901 --name 量县 --organiser 量县信访局 --phone 0000-000000 >/dev/null
# pgbench fills tables of its own: what it writes is no case.
as_owner 'CREATE DATABASE bare TEMPLATE minhu OWNER minhu'
start_minhu "$work/log" --data "$work/data" --record-batches "$work/batches"
how_busy

# One intake as it is, statement by statement.
as_owner "ALTER SYSTEM SET log_statement = 'all'" && as_owner 'SELECT pg_reload_conf()' >/dev/null
sleep 0.5
"$build/bench/intake_load" "$port" 1 2 >/dev/null
as_owner 'ALTER SYSTEM RESET log_statement' && as_owner 'SELECT pg_reload_conf()' >/dev/null
cat "$postgresql_folder/data/server.log" >"$work/server.log"
python3 bench/storage/statements.py "$work/server.log" >"$work/intake.sql"

for round in $(seq "$rounds"); do
  server_before=$(cpu_of $server) database_before=$(cpu_of_database)
  read -r cases secs p50 p99 refused load_cpu < <("$build/bench/intake_load" "$port" $clients "$seconds")
  [ "$refused" = 0 ] || { echo "$refused were refused" >&2; exit 1; }
  server_cpu=$(awk -v a="$(cpu_of $server)" -v b="$server_before" 'BEGIN {print a-b}')
  database_cpu=$(awk -v a="$(cpu_of_database)" -v b="$database_before" 'BEGIN {print a-b}')
  database_before=$(cpu_of_database)
  MINHU_PGBENCH=$("$postgresql_bin/pgbench" -n -M prepared -c $clients -j 2 -T "$seconds" -D n=0 -D base=$((round * 1000000000)) -f "$work/intake.sql" \
    "host=$postgresql_folder user=owner dbname=bare options='-c search_path=public'" 2>"$work/pgbench.txt") ||
    { cat "$work/pgbench.txt" >&2; exit 1; }
  bench_cpu=$(awk -v a="$(cpu_of_database)" -v b="$database_before" 'BEGIN {print a-b}')
  bench_cases=$(sed -n 's/^number of transactions actually processed: \([0-9]*\).*/\1/p' <<<"$MINHU_PGBENCH")
  bench_rate=$(sed -n 's/^tps = \([0-9.]*\).*/\1/p' <<<"$MINHU_PGBENCH")
  echo "round $round: $cases cases in $secs s, p50 $p50 ms, p99 $p99 ms; pgbench $bench_cases, $bench_rate/s; CPU s: minhu $server_cpu," \
       "its database $database_cpu, generator $load_cpu; database under pgbench $bench_cpu" >&2
  echo "$cases $secs $p50 $p99 $bench_cases $bench_rate $server_cpu $database_cpu $bench_cpu" >>"$work/rounds"
done
stop_all; how_busy
median() { awk "$1" "$work/rounds" | sort -g | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
figure intake_rate              "$(median '{printf "%.0f\n", $1/$2}')"       cases/s -
figure intake_p50               "$(median '{print $3}')"                     ms      -
figure intake_p99               "$(median '{print $4}')"                     ms      '<= 100'
figure pgbench_rate             "$(median '{printf "%.0f\n", $6}')"          cases/s -
figure share_of_pgbench         "$(median '{printf "%.3f\n", ($1/$2)/$6}')"  ratio   '>= 0.5'
figure minhu_cpu_a_case         "$(median '{printf "%.0f\n", $7/$1*1e6}')"   us      -
figure database_cpu_a_case      "$(median '{printf "%.0f\n", $8/$1*1e6}')"   us      -
figure pgbench_database_cpu     "$(median '{printf "%.0f\n", $9/$5*1e6}')"   us      -
figure statements_a_case        "$(grep -c ';$' "$work/intake.sql")"         -       -
figure cases_a_commit           "$(awk '{s+=$1} END {printf "%.1f", s/NR}' "$work/batches")" - -
finish_figures
