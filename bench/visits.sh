# visits: whether villages valued highest are those where most lies hidden, and what a plan must never do
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
data=${DATA:-../shared/data}
seeds=${SEEDS:-20} seed=${SEED:-20261125} program=${PROGRAM:-build/release/bench/visits_silence}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
value() {  # file, line begins with, word before the number
  awk -v line="$2" -v word="$3" 'index($0, line " ") == 1 { for (i = 1; i < NF; ++i) if ($i == word) print $(i + 1) }' "$1"
}

$program demo "$seeds" "$seed" >"$work/demo"
cat "$work/demo" >&2
figure demo_of_oracle "$(value "$work/demo" demo of_oracle)" share '>= 0.65'
figure demo_times_people "$(value "$work/demo" demo times_people)" times '>= 1.3'
figure demo_covered "$(value "$work/demo" demo covered)" % '>= 85'
figure demo_covered_at_most "$(value "$work/demo" demo covered)" % '<= 95'
figure demo_silent_villages_found "$(value "$work/demo" demo_silent_villages found)" % -

$program counties "$seeds" "$seed" all >"$work/counties"
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

# The plan. Towns are seeded points inside the outlines of their counties: where they really lie is not in the data.
tours=${TOURS:-build/release/bench}
if [ -d "$data/divisions" ]; then
  read -r towns visited left took _ < <($tours/tours_counties zhejiang "$data/divisions" "${ZHEJIANG_SECONDS:-45}")
  figure zhejiang_towns        "$towns"   count '>= 1387'
  figure zhejiang_visited      "$visited" count -
  figure zhejiang_without_word "$((towns - visited - left))" count '<= 0'
  figure zhejiang_took         "$took"    s     '<= 60'
else
  echo "no outlines at $data/divisions: Zhejiang is not planned" >&2
fi
while read -r name value; do
  goal=-
  case "$name" in
    rule_violations | limits_exceeded | broken_too_many | lost_day_announced_moved | lost_day_without_word) goal='<= 0' ;;
    lost_day_value_below_fresh_percent) goal='<= 2' ;;
  esac
  figure "$name" "$value" - "$goal"
done < <($tours/tours_rules "${PROBLEMS:-10000}" "${COUNTIES:-1000}")

if [ -f "$data/service_requests/boston_2015.csv.gz" ]; then
  $program boston "$data/service_requests/boston_2015.csv.gz" "$seed" >"$work/boston"
  cat "$work/boston" >&2
  figure boston_rank_of_what_was_kept "$(value "$work/boston" boston rank_kept)" correlation -
  figure boston_slope "$(value "$work/boston" boston slope)" - -
  figure boston_covered "$(value "$work/boston" boston covered)" % '>= 85'
else
  echo "no requests at $data/service_requests: nothing is said about Boston" >&2
fi
finish_figures
