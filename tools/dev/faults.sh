# faults: [PROGRAM] kills, stops, starves and misleads the program for a good while (./dev test does it briefly)
set -euo pipefail
exec bash tests/faults/run.sh "${1:-$PWD/build/dev/minhu}" long
