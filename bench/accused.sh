# accused: can whoever a case accuses tell by the time of an answer that there is one? 2,000 pairs over HTTP
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
pairs=${PAIRS:-2000} cases=${CASES:-500} timing=${ACCUSED_TIMING:-build/release/bench/accused_timing}
declare -A got
while read -r name value; do [[ $name == MINHU_SEED* ]] || got[$name]=$value; done < <($timing "$pairs" "$cases")
[ -n "${got[auc_worst]:-}" ] || { echo "accused: $timing did not come to its end" >&2; exit 1; }
figure pairs_a_door "${got[pairs]}" pairs -
for door in case find page draft similar step; do
  # Half a turn on either side of chance says the same: how far from it, above a half.
  figure "auc_$door" "$(awk -v a="${got[auc_$door]}" 'BEGIN { print a < 0.5 ? 1 - a : a }')" - '<= 0.55'
  figure "median_hidden_$door" "${got[median_hidden_$door]}" us -
  figure "median_none_$door" "${got[median_none_$door]}" us -
done
finish_figures
