# text: what reading, classifying, grouping and the accused units are worth on real petitions
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/figures.sh"
for part in bench/text/*.sh; do source "$part"; done
finish_figures
