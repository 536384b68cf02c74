# recurrence: whether a fall is found, no wolf is cried, intervals hold the truth, relapses are seen
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
classes=${CLASSES:-2000} watched=${WATCHED:-300} months=${MONTHS:-60} seeds=${SEEDS:-20} seed=${SEED:-20261125}
simulate=${SIMULATE:-build/release/bench/recurrence_simulate} county=${COUNTY:-build/release/bench/recurrence_county}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
value() {  # file, line begins with, word before the number
  awk -v line="$2" -v word="$3" 'index($0, line " ") == 1 { for (i = 1; i < NF; ++i) if ($i == word) print $(i + 1) }' "$1"
}

$simulate effects "$classes" "$seed" >"$work/effects"
cat "$work/effects" >&2
figure classes_drawn "$classes" classes -
figure covered_in_all "$(value "$work/effects" all covered)" % '>= 93'
figure covered_in_all_at_most "$(value "$work/effects" all covered)" % '<= 97'
for stratum in small large small_low_dispersion small_high_dispersion large_low_dispersion large_high_dispersion \
               against_alone against_other_classes_here against_same_class_elsewhere; do
  figure "covered_in_$stratum" "$(value "$work/effects" "$stratum" covered)" % -
done
figure wolf_cried_fewer "$(value "$work/effects" true_1.00 fewer)" % '<= 5'
figure wolf_cried_fewer_in_large "$(value "$work/effects" true_1.00_large fewer)" % '<= 5'
figure halved_large_found "$(value "$work/effects" true_0.50_large fewer)" % -
figure halved_small_found "$(value "$work/effects" true_0.50_small fewer)" % -
figure tenth_left_large_found "$(value "$work/effects" true_0.10_large fewer)" % -
$simulate power 0 "$seed" >"$work/power"
cat "$work/power" >&2
figure halved_10_matters_a_month_found "$(value "$work/power" a_month_10 found)" % -
figure halved_20_matters_a_month_found "$(value "$work/power" a_month_20 found)" % '>= 95'

$simulate relapse "$watched" "$seed" >"$work/relapse"
cat "$work/relapse" >&2
figure false_alarms_a_year "$(value "$work/relapse" all_stayed_away alarms_in_a_year)" % '<= 5'
figure relapses_found_in_a_year "$(value "$work/relapse" all_returned alarms_in_a_year)" % '>= 90'
figure months_to_find_a_relapse "$(value "$work/relapse" all_returned mean_months)" months -

$simulate hot "$months" "$seed" >"$work/hot"
cat "$work/hot" >&2
for kind in towns_matters villages_matters villages_bursts; do
  figure "hot_${kind}_shown_when_nothing_rises" "$(value "$work/hot" "$kind" listed_when_nothing_rises)" a_month '<= 0.2'
  figure "hot_${kind}_false_of_shown" "$(value "$work/hot" "$kind" false_of_shown)" % '<= 10'
  figure "hot_${kind}_fourfold_found" "$(value "$work/hot" "$kind" found)" % -
done

for span in 24 36; do
  $county "$seeds" "$span" 10000 "$seed" >"$work/county$span"
  sed "s/^/demo county, $span months: /" "$work/county$span" >&2
  for counting in new_matters cases; do
    what="county_${span}_months_${counting}"
    goal='<= 5' covered='>= 93'; [ $counting = cases ] && { goal=-; covered=-; }
    figure "${what}_wolf" "$(value "$work/county$span" "${counting}_nothing_changed" fewer)" % "$goal"
    figure "${what}_true_falls_found" "$(value "$work/county$span" "${counting}_treated" fewer)" % -
    figure "${what}_covered_treated" "$(value "$work/county$span" "${counting}_treated" covered)" % "$covered"
    figure "${what}_covered_nothing_changed" "$(value "$work/county$span" "${counting}_nothing_changed" covered)" % "$covered"
  done
done
figure county_false_alarms_a_year "$(value "$work/county36" watched a_year)" % '<= 5'
figure county_relapses "$(value "$work/county36" watched relapses)" count -
figure county_relapses_seen_within_the_data "$(value "$work/county36" watched seen)" count -
finish_figures
