# Sourced by the benchmarks: one line a figure, `figure value unit goal holds|short`; exit 1 when one is short.
short=0
figure() {  # name value unit goal, where goal is "<= X", ">= X" or "-"
  local verdict=-
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
