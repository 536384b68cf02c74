# Part of `./dev bench text`: categories of petitions that the model has not seen, and how fast reading is.
# shellcheck source=../figures.sh
petitions=${PETITIONS:-../shared/data/petitions}
if lines=$(build/release/bench/text_classify "$petitions/labelled.csv" "${CLASSIFY_ROUNDS:-1}"); then
  while read -r name value unit goal; do figure "$name" "$value" "$unit" "$goal"; done <<<"$lines"
else
  echo "skipped: text_classify (no petitions at $petitions)" >&2
fi
