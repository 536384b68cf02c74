# Sourced by tours.sh and visits.sh: Zhejiang in one run, and what a plan must never do.
# Uses data, programs, problems, counties, iterations, seed.
if [ -d "$data/divisions" ]; then
  # Towns are seeded points inside the outlines of their counties: where they really lie is not in the data.
  towns='' visited='' left='' took=''
  read -r towns visited left took _ < <("$programs"/tours_counties zhejiang "$data/divisions" "${ZHEJIANG_SECONDS:-45}") || true
  figure zhejiang_towns        "$towns"   count '>= 1387'
  figure zhejiang_visited      "$visited" count -
  figure zhejiang_without_word "${towns:+$((towns - visited - left))}" count '<= 0'
  figure zhejiang_took         "$took"    s     '<= 60'
else
  echo "no outlines at $data/divisions: Zhejiang is not planned" >&2
fi

declare -A counted=()
while read -r name value; do counted[$name]=$value; done < <(
  "$programs"/tours_rules "$problems" "$counties" "$iterations" "$seed")
rule() { figure "$1" "${counted[$1]:-}" "$2" "$3"; }  # name unit goal
rule rule_problems                      count -
rule rule_violations                    count '<= 0'
rule planted_counties                   count -
rule planted_villages                   count -
rule limits_exceeded                    count '<= 0'
rule planted_mean_value                 value -
rule small_problems                     count -
rule small_broken                       count -
rule broken_too_many                    count '<= 0'
rule lost_day_problems                  count -
rule lost_day_announced_moved           count '<= 0'
rule lost_day_without_word              count '<= 0'
rule lost_day_value_below_fresh_percent %     '<= 2'
rule threads_problems                   count -
rule threads_differ                     count '<= 0'
