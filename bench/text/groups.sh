# Part of `./dev bench text`: petitions of one issue together, whatever the order; the nearest among a million.
# PETITIONS: a folder with unlabelled.csv and issues.csv; without it the figures on real text are left out.
# shellcheck source=../figures.sh
minhu=${MINHU:-build/release/minhu} made=${MAKE_PETITIONS:-build/release/bench/text_make_petitions}
similar=${MEASURE_SIMILAR:-build/release/bench/text_measure_similar}
petitions=${PETITIONS:-../shared/data/petitions} million=${MILLION:-1000000} rounds=${ROUNDS:-100}
work=${WORK:-$(mktemp -d)}; [ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
here=bench/text
# took_and_peak COMMAND…: seconds and MiB of a command that prints on standard output what nobody needs.
took_and_peak() {
  python3 - "$@" <<'PY'
import resource, subprocess, sys, time
begun = time.monotonic()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(f"{time.monotonic() - begun:.2f} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}")
PY
}

real=()
if [ -f "$petitions/unlabelled.csv" ]; then
  real=("$petitions/unlabelled.csv")
  read -r took peak < <(took_and_peak "$minhu" text group "${real[0]}" --out "$work/groups.csv")
  figure grouping_4326           "$took" s     '<= 2'
  read -r pairwise bcubed < <(python3 "$here/score_groups.py" issues "$petitions/issues.csv" "$work/groups.csv")
  figure issues_28_pairwise      "$pairwise" F1 '>= 0.93'
  figure issues_28_bcubed        "$bcubed"   F1 '>= 0.91'
  for half in development held; do
    read -r pairwise bcubed < <(python3 "$here/score_groups.py" issues "$here/issues_more.csv" "$work/groups.csv" "$half")
    figure "issues_${half}_pairwise" "$pairwise" F1 '>= 0.90'
    figure "issues_${half}_bcubed"   "$bcubed"   F1 '>= 0.88'
  done
  figure orders_least_rand_index "$(python3 "$here/score_groups.py" orders "$minhu text group" "${real[0]}" "$rounds")" index '>= 0.98'
else
  echo "no petitions in $petitions: figures on real text are left out" >&2
fi

# five: five troubles and the same real texts again and again, the worse case; county: what so many matters are like.
for kind in five county; do
  words=("${real[@]}"); [ "$kind" = five ] || words=("${real[0]:-/dev/null}" county)
  $made "$million" 7 "${words[@]}" > "$work/$kind.csv"
  read -r took peak < <(took_and_peak "$minhu" text group "$work/$kind.csv" --out "$work/${kind}_groups.csv")
  figure "grouping_a_million_$kind"        "$took" s   '<= 300'
  figure "grouping_a_million_${kind}_peak" "$peak" MiB '<= 2048'
  # 200 questions that are not in the index, 100 of them also by comparing each with all: a million compared whole takes a second
  # or two each. With the real ones in the index, too, as many of those.
  { read -r p50 p99 recall add add99 bytes commonest; read -r real50 real99 real_recall || true; } \
    < <($similar "$work/$kind.csv" 200 "${real[@]}")
  figure "similar_${kind}_p50"           "$p50"    ms    -
  figure "similar_${kind}_p99"           "$p99"    ms    '<= 5'
  figure "similar_${kind}_recall_at_10"  "$recall" share '>= 0.98'
  figure "similar_${kind}_commonest"     "$commonest" ms -
  figure "similar_${kind}_add"           "$add"    ms    '<= 1'
  figure "similar_${kind}_add_p99"       "$add99"  ms    -
  figure "similar_${kind}_memory_a_case" "$bytes"  bytes -
  if [ -n "${real50:-}" ]; then
    figure "similar_${kind}_real_p50"          "$real50"      ms    -
    figure "similar_${kind}_real_p99"          "$real99"      ms    '<= 5'
    figure "similar_${kind}_real_recall_at_10" "$real_recall" share '>= 0.98'
  fi
  rm -f "$work/$kind.csv"
done
