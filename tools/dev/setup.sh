# setup: installs what is missing (Debian packages, npm packages of the tests)
set -euo pipefail
missing=()
while read -r package word command _; do
  case "$package" in ''|'#'*) continue ;; esac
  [ "$word" = unless ] && command -v "$command" >/dev/null && continue
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done < packaging/debian-packages.txt
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}"
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if [ -f tests/browser/package-lock.json ] && [ "${1:-}" != --no-npm ]; then
  stamp=tests/browser/node_modules/.installed
  if ! cmp -s tests/browser/package-lock.json "$stamp"; then
    (cd tests/browser && npm ci --no-audit --no-fund --loglevel=error)
    cp tests/browser/package-lock.json "$stamp"
  fi
fi
echo "setup: everything is there"
