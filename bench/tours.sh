# tours: gaps on the public instances, whole counties, and the rules for people; `short`: minutes, not hours
# builds: tours_instances tours_counties tours_rules
#
# In full (EVERY=1) two cores are busy for about an hour and a half, and must have nothing else to do. `short` takes
# fewer cases and less time for each: its figures have the same names and are worth less.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
case "${1:-}" in
  short)
    : "${EVERY:=44}" "${ALL_EVERY:=33}" "${SECONDS_LONG:=3}" "${SECONDS_SHORT:=1}" "${ALL_SECONDS:=3}"
    : "${PROBLEMS:=500}" "${COUNTIES:=50}" "${VILLAGES_LONG:=10}" "${ZHEJIANG_SECONDS:=10}"
    ;;
  '') ;;
  *) echo "tours: short, or nothing" >&2; exit 2 ;;
esac
data=${DATA:-../shared/data}          # toptw/ and divisions/
every=${EVERY:-9} all_every=${ALL_EVERY:-6} threads=${THREADS:-2}
problems=${PROBLEMS:-10000} counties=${COUNTIES:-1000} iterations=${ITERATIONS:-5000} seed=${SEED:-20261125}
long=${SECONDS_LONG:-10} brief=${SECONDS_SHORT:-2}
programs=${PROGRAMS:-build/release/bench}

if [ -d "$data/toptw/instances" ]; then
  # Names follow the goal (10 s, 2 s), whatever the run gives: the first lines say what it gave.
  figure seconds_for_10s "$long"  s -
  figure seconds_for_2s  "$brief" s -
  for name in 10s 2s; do
    goal=0.05 seconds=$long
    [ "$name" = 2s ] && goal=0.10 seconds=$brief
    cases='' average='' worst='' reached=''
    read -r cases average worst reached < <(
      "$programs"/tours_instances "$data/toptw/instances" "$data/toptw/best_known.csv" "$seconds" "$threads" "$every") || true
    figure "cases_$name"       "$cases"   count -
    figure "average_gap_$name" "$average" %     "<= $goal"
    figure "worst_gap_$name"   "$worst"   %     '<= 1.5'
    figure "at_best_$name"     "$reached" count -
  done
  cases='' reached=''
  read -r cases _ _ reached < <(
    "$programs"/tours_instances "$data/toptw/instances" "$data/toptw/all_visited.csv" "${ALL_SECONDS:-10}" "$threads" "$all_every") || true
  figure all_visited_cases   "$cases" count -
  # Which of them are among the missing depends on how many of the instances were taken.
  figure all_visited_missing "${cases:+$((cases - reached))}" count '<= 0'
  figure all_visited_impossible "$(python3 bench/tours/impossible.py "$data/toptw/instances" | grep -c 'cannot be visited wholly' || true)" count '>= 2'
else
  echo "no instances at $data/toptw: gaps are not measured" >&2
fi
echo "the 40 larger cases are not part of the project: not measured here" >&2

mapfile -t values < <("$programs"/tours_counties villages 2 "${VILLAGES_LONG:-60}")
below=''
if [ "${#values[@]}" = 2 ]; then
  below=$(awk -v short="${values[0]#* }" -v long="${values[1]#* }" 'BEGIN { printf "%.3f", 100 * (long - short) / long }')
fi
figure villages_seconds_long "${VILLAGES_LONG:-60}" s -
figure villages_2s_below_long "$below" % '<= 1'
source "$(dirname "${BASH_SOURCE[0]}")/plans.sh"
finish_figures
