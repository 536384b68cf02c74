# Part of `./dev bench text`: letters that are the same but for 2 to 6 words of 60 come over a county of 4,000 petitions.
# shellcheck source=../figures.sh
storm=${STORM:-build/release/bench/text_storm}
for letters in 500 1000 2000 4000 8000; do
  read -r compared settle add99 asked99 together < <($storm "$letters")
  figure "storm_${letters}_compared"     "$compared" pairs "<= $((letters * 20))"
  figure "storm_${letters}_settle"       "$settle"   s     -
done
figure storm_8000_add_p99            "$add99"    ms    '<= 1'
figure storm_8000_similar_p99        "$asked99"  ms    '<= 5'
figure storm_8000_in_one_group       "$together" share '>= 0.98'
read -r compared settle _ _ together < <($storm 8000 counted)
figure storm_8000_counted_compared   "$compared" pairs -
figure storm_8000_counted_settle     "$settle"   s     -
figure storm_8000_counted_together   "$together" share -
