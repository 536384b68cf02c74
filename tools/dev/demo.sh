# demo: makes the full demo county anew in var/ (20,000 cases, 24 months) and writes what is really behind it to var/truth
set -euo pipefail
bash tools/dev/build.sh release
rm -rf var
build/release/minhu demo --data var --seed 7 --months 24 --cases 20000 --truth var/truth "$@"
