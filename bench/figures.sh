# Sourced by the benchmarks: one line a figure, `figure value unit goal holds|short`; exit 1 when one is short.
# A figure that a program did not give is `- … missing`, and counts as short: nothing holds by being absent.
short=0
figure() {  # name value unit goal, where goal is "<= X", ">= X" or "-"
  local verdict=-
  if [[ ! "$2" =~ ^-?[0-9] ]]; then
    echo "$1 - $3 $4 missing"
    short=1
    return 0
  fi
  if [ "$4" != - ]; then
    if awk -v value="$2" -v goal="${4#* }" -v sign="${4%% *}" \
      'BEGIN { exit !((sign == "<=" && value + 0 <= goal + 0) || (sign == ">=" && value + 0 >= goal + 0)) }'; then
      verdict=holds
    else
      verdict=short; short=1
    fi
  fi
  echo "$1 $2 $3 $4 $verdict"
}
finish_figures() { exit "$short"; }
