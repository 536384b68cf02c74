# build: [dev|release|asan|tsan|fuzz] compiles; the program is at build/PRESET/minhu
set -euo pipefail
preset="${1:-dev}"
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
bash tools/dev/desk.sh build
[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"/tmp/minhu-cmake-$$.log" 2>&1 || { cat "/tmp/minhu-cmake-$$.log"; exit 1; }
cmake --build "build/$preset" -j "${JOBS:-$(nproc)}"
