# Sourced: start_postgresql makes a PostgreSQL server of its own on a socket in a new folder and names it in
# MINHU_TEST_SERVER; it goes when the script that sourced this ends. Nothing listens on the network.
# fsync is on as in production. MINHU_TEST_POSTGRESQL may add settings ("-c name=value").
postgresql_folder=''

stop_postgresql() {
  [ -n "$postgresql_folder" ] || return 0
  "${as_postgres[@]}" "$postgresql_bin/pg_ctl" -D "$postgresql_folder/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$postgresql_folder"
  postgresql_folder=''
}

start_postgresql() {
  postgresql_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -x "$postgresql_bin/initdb" ] || { echo "no PostgreSQL on this machine (package postgresql-15)" >&2; return 1; }
  # In memory where there is room: fsync stays on, and costs nothing.
  local parent=${MINHU_POSTGRESQL_PARENT:-/tmp}
  [ -z "${MINHU_POSTGRESQL_PARENT:-}" ] && [ "$(df --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 3000000 ] 2>/dev/null && parent=/dev/shm
  postgresql_folder=$(mktemp -d "$parent/minhu-pg-XXXXXX")
  trap stop_postgresql EXIT
  as_postgres=()
  if [ "$(id -u)" = 0 ]; then  # the server refuses to be root
    chown postgres "$postgresql_folder"
    as_postgres=(runuser -u postgres --)
  fi
  chmod 755 "$postgresql_folder"
  "${as_postgres[@]}" "$postgresql_bin/initdb" -D "$postgresql_folder/data" -U owner -A trust -E UTF8 --locale=C.UTF-8 \
    >"$postgresql_folder.log" 2>&1 || { cat "$postgresql_folder.log" >&2; return 1; }
  rm -f "$postgresql_folder.log"
  # shellcheck disable=SC2086
  "${as_postgres[@]}" "$postgresql_bin/pg_ctl" -D "$postgresql_folder/data" -l "$postgresql_folder/data/server.log" -w \
    -o "-k $postgresql_folder -c listen_addresses= -c max_connections=200 -c shared_buffers=256MB -c max_wal_size=2GB \
        ${MINHU_TEST_POSTGRESQL:-}" start >/dev/null || { cat "$postgresql_folder/data/server.log" >&2; return 1; }
  # Not a superuser, so that the walls between regions hold for it.
  "$postgresql_bin/psql" -q -h "$postgresql_folder" -U owner -d postgres \
    -c 'CREATE ROLE minhu LOGIN' -c 'CREATE DATABASE minhu OWNER minhu' || return 1
  export MINHU_TEST_SERVER="postgresql://minhu@/minhu?host=$postgresql_folder"
}
