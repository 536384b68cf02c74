# visits: whether villages valued highest are those where most lies hidden, and what a plan must never do; `short`
# builds: visits_silence tours_counties tours_rules visits_properties
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
case "${1:-}" in
  short) : "${SEEDS:=3}" "${PROBLEMS:=500}" "${COUNTIES:=50}" "${ZHEJIANG_SECONDS:=10}" "${HIDINGS:=4}" ;;
  '') ;;
  *) echo "visits: short, or nothing" >&2; exit 2 ;;
esac
data=${DATA:-../shared/data} programs=${PROGRAMS:-build/release/bench}
seeds=${SEEDS:-20} seed=${SEED:-20261125} program=${PROGRAM:-$programs/visits_silence}
problems=${PROBLEMS:-10000} counties=${COUNTIES:-1000} iterations=${ITERATIONS:-5000}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
value() {  # file, line begins with, word before the number
  awk -v line="$2" -v word="$3" 'index($0, line " ") == 1 { for (i = 1; i < NF; ++i) if ($i == word) print $(i + 1) }' "$1"
}

$program demo "$seeds" "$seed" >"$work/demo" || true
cat "$work/demo" >&2
figure demo_of_oracle "$(value "$work/demo" demo of_oracle)" share '>= 0.65'
figure demo_times_people "$(value "$work/demo" demo times_people)" times '>= 1.3'
figure demo_covered "$(value "$work/demo" demo covered)" % '>= 85'
figure demo_covered_at_most "$(value "$work/demo" demo covered)" % '<= 95'
figure demo_silent_villages_found "$(value "$work/demo" demo_silent_villages found)" % -

$program counties "$seeds" "$seed" all >"$work/counties" || true
cat "$work/counties" >&2
for scenario in as_assumed bursts clustered outages mixed weary unlinked everything; do
  figure "${scenario}_of_oracle" "$(value "$work/counties" "$scenario" of_oracle)" share '>= 0.65'
  figure "${scenario}_times_people" "$(value "$work/counties" "$scenario" times_people)" times '>= 1.3'
  figure "${scenario}_covered" "$(value "$work/counties" "$scenario" covered)" % '>= 85'
  figure "${scenario}_covered_at_most" "$(value "$work/counties" "$scenario" covered)" % '<= 95'
done
for scenario in as_assumed everything; do
  for what in silence value_1 value_4 value_8; do
    figure "${scenario}_${what}_of_oracle" "$(value "$work/counties" "$scenario" "${what}_of_oracle")" share -
    figure "${scenario}_${what}_times_people" "$(value "$work/counties" "$scenario" "${what}_times_people")" times -
  done
done

source "$(dirname "${BASH_SOURCE[0]}")/plans.sh"

if [ -f "$data/service_requests/boston_2015.csv.gz" ]; then
  # The half of the neighbourhoods on which nothing was tuned; figures are means of so many hidings.
  $program boston "$data/service_requests/boston_2015.csv.gz" "$seed" "${HIDINGS:-20}" judging >"$work/boston" || true
  cat "$work/boston" >&2
  figure boston_rank_of_what_was_kept "$(value "$work/boston" boston rank_kept)" correlation -
  figure boston_slope "$(value "$work/boston" boston slope)" - -
  figure boston_slope_of_moments "$(value "$work/boston" boston slope_moments)" - -
  figure boston_covered "$(value "$work/boston" boston covered)" % '>= 85'
  figure boston_covered_at_most "$(value "$work/boston" boston covered)" % '<= 95'
  figure boston_covered_of_moments "$(value "$work/boston" boston covered_moments)" % -
else
  echo "no requests at $data/service_requests: nothing is said about Boston" >&2
fi

# Speaking up never costs: 100,000 drawn histories, and more for merging and for who speaks. The lines count properties,
# each of which fails at the first history in which it does not hold.
held=$(timeout 900 "$programs/visits_properties" 2>/dev/null | sed -n 's/^\[  PASSED  \] \([0-9]*\) tests\..*/\1/p') || true
all=$("$programs/visits_properties" --gtest_list_tests 2>/dev/null | grep -c '^  ') || true
figure speaking_up_properties "$all" count '>= 1'
figure speaking_up_properties_broken "${held:+$((all - held))}" count '<= 0'
finish_figures
