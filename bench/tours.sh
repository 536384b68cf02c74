# tours: gaps on the public instances, whole counties, and the rules for people; EVERY=1 takes every case
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
data=${DATA:-../shared/data}          # toptw/ and divisions/
every=${EVERY:-9} all_every=${ALL_EVERY:-6} threads=${THREADS:-2}
problems=${PROBLEMS:-10000} counties=${COUNTIES:-1000}
programs=build/release/bench

if [ -d "$data/toptw/instances" ]; then
  for seconds in 10 2; do
    goal=0.05; [ "$seconds" = 2 ] && goal=0.10
    read -r cases average worst reached < <(
      $programs/tours_instances "$data/toptw/instances" "$data/toptw/best_known.csv" "$seconds" "$threads" "$every")
    figure "cases_${seconds}s"       "$cases"   count -
    figure "average_gap_${seconds}s" "$average" %     "<= $goal"
    figure "worst_gap_${seconds}s"   "$worst"   %     '<= 1.5'
    figure "at_best_${seconds}s"     "$reached" count -
  done
  read -r cases _ _ reached < <(
    $programs/tours_instances "$data/toptw/instances" "$data/toptw/all_visited.csv" 10 "$threads" "$all_every")
  figure all_visited_cases   "$cases" count -
  figure all_visited_missing "$((cases - reached))" count '<= 0'
else
  echo "no instances at $data/toptw: gaps are not measured" >&2
fi

readarray -t values < <($programs/tours_counties villages 2 60)
figure villages_2s_below_60s \
  "$(awk -v short="${values[0]#* }" -v long="${values[1]#* }" 'BEGIN { printf "%.3f", 100 * (long - short) / long }')" % '<= 1'
if [ -d "$data/divisions" ]; then
  read -r towns visited left took _ < <($programs/tours_counties zhejiang "$data/divisions" 50)
  figure zhejiang_towns   "$towns"   count -
  figure zhejiang_visited "$visited" count -
  figure zhejiang_without_word "$((towns - visited - left))" count '<= 0'
  figure zhejiang_took    "$took"    s     '<= 60'
fi

while read -r name value; do
  goal=-
  case "$name" in
    rule_violations | limits_exceeded | broken_too_many | lost_day_announced_moved | lost_day_without_word) goal='<= 0' ;;
    lost_day_value_below_fresh_percent) goal='<= 2' ;;
  esac
  figure "$name" "$value" - "$goal"
done < <($programs/tours_rules "$problems" "$counties")
finish_figures
