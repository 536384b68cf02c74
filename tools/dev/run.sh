# run: installs what is missing, builds, and serves a demo county at http://127.0.0.1:8480, with three witnesses of its record
set -euo pipefail
bash tools/dev/setup.sh --no-npm
bash tools/dev/build.sh release
minhu=build/release/minhu
data="${MINHU_DATA:-var}"
if [ ! -f "$data/minhu.db" ]; then
  echo "making a demo county in $data (once) …"
  "$minhu" demo --data "$data" --seed 7 --months 24 --cases "${DEMO_CASES:-3000}"
fi
source tools/dev/_witnesses.sh
trap stop_witnesses EXIT
start_witnesses "$minhu" "$data"
echo "One login a role follows: role, name, password. They are new at every start. Sign in at /office."
"$minhu" serve --data "$data" --port "${PORT:-8480}" "$@" &
server=$!
# A signal to this script is one to the server; the witnesses go when it has gone.
trap 'kill -TERM "$server" 2>/dev/null || true' INT TERM HUP
code=0
while kill -0 "$server" 2>/dev/null; do
  code=0
  wait "$server" || code=$?
done
exit "$code"
