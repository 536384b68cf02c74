# Part of `./dev bench text`: whom a text complains of, and what answers lack, against our own labels.
# shellcheck source=../figures.sh
petitions=${PETITIONS:-../shared/data/petitions}
for part in accused:accused_units.csv replies:replies.csv; do
  program=build/release/bench/text_${part%%:*}
  if ! lines=$("$program" "$petitions" "bench/text/${part#*:}"); then
    echo "skipped: text_${part%%:*} (no petitions at $petitions)" >&2
    continue
  fi
  while read -r name value unit goal; do figure "$name" "$value" "$unit" "$goal"; done <<<"$lines"
done
