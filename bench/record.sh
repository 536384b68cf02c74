# record: a log of ten million leaves: growth, proofs, the size of a receipt
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
leaves=${LEAVES:-10000000} log=${RECORD_LOG:-build/release/bench/record_log}
declare -A got
while read -r name value; do got[$name]=$value; done < <($log "$leaves")
[ -n "${got[receipt_bytes]:-}" ] || { echo "record: $log did not come to its end" >&2; exit 1; }
figure leaves_in_the_log     "${got[leaves]}"                   leaves -
figure appends               "${got[appends_a_second]}"         1/s    '>= 1000'
figure appends_with_leaves   "${got[with_derivation_a_second]}" 1/s    '>= 1000'
figure hash_tiles            "${got[tiles_mib]}"                MiB    -
figure inclusion_proof_p50   "${got[proof_p50]}"                ms     -
figure inclusion_proof_p99   "${got[proof_p99]}"                ms     '<= 20'
figure inclusion_proof_max   "${got[proof_longest]}"            ms     -
figure receipt_check_p99     "${got[receipt_check_p99]}"        ms     -
figure receipt               "${got[receipt_bytes]}"            bytes  '<= 2048'
finish_figures
