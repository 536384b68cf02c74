#!/usr/bin/env bash
# run.sh [PROGRAM] [long]: what goes wrong around the program, done to it: killed, stopped, a full disk, a failing disk,
# hostile bodies. Each is a program of its own; 77 says that it cannot be tried here. `long` goes many more rounds.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
program="$(realpath -m "${1:-$here/../../build/dev/minhu}")"
length="${2:-quick}"
petitions="$here/../../../shared/data/petitions/unlabelled.csv"
if [ ! -x "$program" ]; then
  echo "run.sh: there is no program at $program; build it first (./dev build)" >&2
  exit 2
fi
passed=0 failed=0 skipped=0

try() {
  local name="$1" began=$SECONDS code=0
  shift
  printf -- '-- %s\n' "$name"
  timeout 1800 python3 "$@" || code=$?
  case "$code" in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)); printf 'FAILED: %s (%d)\n' "$name" "$code" ;;
  esac
  printf '   %d s\n' $((SECONDS - began))
}

many() { if [ "$length" = long ]; then echo "$1"; else echo "$2"; fi; }

# One small county for all of them, in memory where there is room: a copy costs nothing, making one takes seconds.
scratch=$(mktemp -d "${TMPDIR:-$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)}/minhu-county-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
"$program" demo --data "$scratch/county" --cases 60 --months 2 >"$scratch/said" 2>&1 || { cat "$scratch/said" >&2; exit 1; }
export MINHU_FAULTS_COUNTY="$scratch/county"

if [ -f "$petitions" ]; then
  try 'an import is killed five times and goes on' "$here/import_kill.py" "$program" "$petitions" --rounds 5
else
  echo '-- an import of real petitions is killed: skipped, their file is not here; made-up rows instead'
  skipped=$((skipped + 1))
  try 'an import of made-up rows is killed five times and goes on' "$here/import_kill.py" "$program" --rounds 5
fi
try 'the server is killed while people write' "$here/killed_under_load.py" "$program" "$(many 200 3)"
try 'the server is told to stop while people write' "$here/stopped_under_load.py" "$program" "$(many 30 2)"
try 'the current goes while people write' "$here/power_cut.py" "$program" "$(many 50 1)"
try 'the clock jumps while people write' "$here/clock_jumps.py" "$program" "$(many 20 1)"
try 'answers are lost, and people send again' "$here/lost_answers.py" "$program" "$(many 200 8)"
try 'PostgreSQL is restarted, killed and frozen' "$here/postgresql_lost.py" "$program" "$(many 10 1)"
try 'one of two servers is killed, and frozen' "$here/two_servers.py" "$program" "$(many 10 1)"
try 'a database that would lose something is refused' "$here/not_durable.py" "$program"
if [ "$length" = long ]; then
  try 'a standby takes over: killed, frozen, cut off, on purpose' "$here/failover.py" "$program" 2
  try 'the same through PgBouncer' "$here/failover.py" "$program" 1 pgbouncer
  try 'without waiting for a standby something is lost' "$here/failover.py" "$program" asynchronous
  # MINHU_OLDER: the program of the release before.
  try 'two versions serve beside each other' "$here/upgrade_beside.py" "${MINHU_OLDER:-$program}" "$program"
  try 'mixed traffic through PgBouncer by the transaction' "$here/pooled.py" "$program"
fi
try 'one address floods, others write beside it' "$here/flood.py" "$program"
try 'a thousand slow connections' "$here/slow_loris.py" "$program" "$(many 60 3)"
if [ "$length" = long ]; then
  try 'peers vanish without a word' "$here/half_open.py" "$program"
fi
for _ in $(seq "$(many 5 1)"); do
  try 'the disk is full' "$here/disk_full.py" "$program"
  try 'the disk fails' "$here/failing_disk.py" "$program"
done
try 'database, logs and copies are stolen, the keys are not' "$here/theft_drill.py" "$program"
steps="$(dirname "$program")/tests/faults/record_steps"
if [ -x "$steps" ]; then
  try 'a fault at every call by which the record writes' "$here/record_faults.py" "$steps" "$(many 600 40)"
else
  echo '-- a fault at every call by which the record writes: skipped, record_steps is not built'
  skipped=$((skipped + 1))
fi
try 'a fault at every call by which the server writes' "$here/serve_record_faults.py" "$program" "$(many 520 27)"
try 'a copy of yesterday is put back' "$here/record_restored.py" "$program"
try 'a backup is made under load, spoiled, killed and restored' "$here/backup_restored.py" "$program" "$(many 60 4)"
try 'a photo of a notice board is backed up, moved, replaced and taken away' "$here/posting_photo.py" "$program"
try 'a row is changed behind the running server' "$here/record_tampered.py" "$program"
try 'bodies that are meant to break the program' "$here/hostile_bodies.py" "$program" "$(many 20 2)"

try 'somebody reports wrongdoing, and nothing of it is found' "$here/whistleblower.py" "$program"

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
