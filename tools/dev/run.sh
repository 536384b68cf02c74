# run: installs what is missing, builds, and serves a demo county at http://127.0.0.1:8480
set -euo pipefail
bash tools/dev/setup.sh --no-npm
bash tools/dev/build.sh release
minhu=build/release/minhu
data="${MINHU_DATA:-var}"
if [ ! -f "$data/minhu.db" ]; then
  echo "making a demo county in $data (once) …"
  "$minhu" demo --data "$data" --seed 7 --months 24 --cases "${DEMO_CASES:-3000}"
fi
echo "One login a role follows: role, name, password. They are new at every start. Sign in at /office."
exec "$minhu" serve --data "$data" --port "${PORT:-8480}" "$@"
