# Sourced by benchmarks: a demo county with many cases, in a file or on a PostgreSQL server of the run, its server, and what CPU each used.
# Expects figures.sh, $minhu and $work; $keep (may be empty) is a folder where made counties are kept for the next run.
source tools/dev/_postgresql.sh
hertz=$(getconf CLK_TCK)
started=()

# A county of so many cases with full histories, made once and copied: every run adds to it.
county_in_a_file() {  # CASES FOLDER
  local made=${keep:-$work}/county-$1
  if [ ! -f "$made/done" ]; then
    rm -rf "$made"
    "$minhu" demo --data "$made" --cases 200 --months 3 >&2
    "$minhu" bulk --data "$made" --cases "$1" >&2
    touch "$made/done"
  fi
  cp -r --reflink=auto "$made" "$2" && rm "$2/done"
}

# The same on the server, which start_on_disk has started, in a database of its own.
county_on_a_server() {  # CASES FOLDER NAME
  county_in_a_file "$1" "$2"
  as_owner "CREATE DATABASE $3 OWNER minhu"
  "$minhu" migrate-storage --data "$2" --storage "postgresql://minhu@/$3?host=$postgresql_folder" >&2
  "$postgresql_bin/psql" -qAt -h "$postgresql_folder" -U owner -d "$3" -c 'VACUUM ANALYZE' >&2
}

# So that several may serve it: the keys in a database of their own, and a folder for each further server.
keys_on_a_server() {  # FOLDER NAME
  as_owner "CREATE ROLE minhu_keys LOGIN"
  as_owner "CREATE DATABASE $2 OWNER minhu_keys"
  "$minhu" migrate-keys --data "$1" --key-storage "postgresql://minhu_keys@/$2?host=$postgresql_folder" >&2
}
folder_of_another() {  # FOLDER NEW
  mkdir -m 700 "$2" && cp -p "$1"/{minhu.toml,minhu.key,record.key,record.policy} "$2"
}

# On a disk, unlike the server of the tests: what is measured is durable.
start_on_disk() { MINHU_POSTGRESQL_PARENT=${MINHU_POSTGRESQL_PARENT:-/tmp} start_postgresql; }
as_owner() { "$postgresql_bin/psql" -qAt -h "$postgresql_folder" -U owner -d postgres -c "$1"; }

# Sets $port and $server; whoever starts several says where the log goes.
start_minhu() {  # LOG ARGUMENTS…
  local log=$1; shift
  : >"$log"
  "$minhu" serve --port 0 "$@" >"$log" 2>&1 & server=$!
  started+=("$server")
  for _ in $(seq 1200); do
    grep -q '^serving ' "$log" && break
    kill -0 "$server" 2>/dev/null || { cat "$log" >&2; return 1; }
    sleep 0.05
  done
  port=$(sed -n 's|^serving http://127.0.0.1:||p' "$log")
  [ -n "$port" ]
}
stop_all() {
  local one
  for one in "${started[@]}"; do kill -TERM "$one" 2>/dev/null || true; done
  for one in "${started[@]}"; do wait "$one" 2>/dev/null || true; done
  started=()
}

cpu_of() { awk -v hz="$hertz" '{print ($14+$15)/hz}' "/proc/$1/stat"; }
# The database server with everybody it started, also those that have ended; 0 when there is none.
cpu_of_database() {
  [ -n "$postgresql_folder" ] || { echo 0; return; }
  local master; master=$(head -1 "$postgresql_folder/data/postmaster.pid")
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } |  # one of them may have just ended
    awk -v hz="$hertz" -v master="$master" '{sub(/.*\) /, $1 " () ")} $1==master {s+=$14+$15+$16+$17} $4==master {s+=$14+$15} END {print s/hz}'
}
# How busy the machine is with other things: the share of its time that was neither idle nor ours says nothing; its load does.
how_busy() { echo "load of the machine: $(cut -d' ' -f1-3 /proc/loadavg) on $(nproc) cores" >&2; }
