# help: lists the verbs
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
for file in tools/dev/*.sh; do
  verb=$(basename "$file" .sh)
  case "$verb" in _*|help) continue ;; esac
  printf '  ./dev %-8s %s\n' "$verb" "$(sed -n "1s/^# $verb: //p" "$file")"
done
