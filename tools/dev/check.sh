# check: the rules of the tree, of the schema and of form, in a minute or so
set -uo pipefail
failed=0
stage() {
  printf '\n== %s\n' "$1"
  shift
  "$@" </dev/null || failed=1
}

scripts_parse() {
  local file bad=0
  while IFS= read -r file; do
    if head -c 64 "$file" | grep -qE '^#!.*\b(ba)?sh\b' || [[ "$file" == tools/dev/*.sh ]]; then
      bash -n "$file" || bad=1
    fi
  done < <(git ls-files --cached --others --exclude-standard -- '*.sh' dev .ci)
  return "$bad"
}

units=build/dev/units.txt
if [ ! -f "$units" ]; then
  printf 'reading what the units declare (cmake) …\n'
  cmake --preset dev >/dev/null || exit 1
fi
stage 'form (./dev format mends it)' bash tools/dev/format.sh --check
stage 'shell scripts parse' scripts_parse
stage 'rules of the tree' python3 tests/architecture/check.py "$units"
stage 'the rules bite' python3 tests/architecture/check_test.py
if [ -x build/dev/tests/architecture/schema_test ]; then
  stage 'schema and statements: build' bash -o pipefail -c 'cmake --build build/dev --target schema_test | tail -n 1'
  stage 'schema and statements' build/dev/tests/architecture/schema_test --gtest_brief=1
else
  printf '\n== schema and statements\nskipped: nothing is built yet (./dev build)\n'
fi
if [ "$failed" = 0 ]; then printf '\nall rules hold\n'; else printf '\nsomething above is broken\n'; fi
exit "$failed"
