# For run.sh: three witnesses of the demo county's record, as processes of this machine with folders of their own beside
# the county's. In real life other institutions run them, on machines of their own (docs/witness.md).
witness_pids=()

# start_witnesses PROGRAM DATA: makes and starts them, and installs the policy that asks for any two of them.
start_witnesses() {
  local minhu="$1" data="$2" key name folder line port="${WITNESS_PORT:-8491}" policy members=""
  if ! key="$("$minhu" record key --data "$data" 2>/dev/null | tail -1)"; then
    echo "the record of this county gets its key at this first start, and its witnesses at the next"
    return 0
  fi
  policy="$data/witnesses/policy"
  mkdir -p "$data/witnesses"
  echo "log $key http://127.0.0.1:${PORT:-8480}/record/" >"$policy.new"
  for name in congress audit university; do
    folder="$data/witnesses/$name"
    [ -f "$folder/witness.key" ] || "$minhu" witness init --data "$folder" --name "$name.minhu.demo" >/dev/null 2>&1
    "$minhu" witness serve --data "$folder" --port "$port" --log "$key" >"$folder/said" 2>&1 &
    witness_pids+=($!)
    line="witness $name $(cat "$folder/public_key") http://127.0.0.1:$port/"
    echo "$line" >>"$policy.new"
    members="$members $name"
    port=$((port + 1))
  done
  printf 'group enough 2%s\nquorum enough\n' "$members" >>"$policy.new"
  mv "$policy.new" "$policy"
  "$minhu" record policy --data "$data" --set "$policy" >/dev/null
  for name in congress audit university; do
    for _ in $(seq 100); do
      grep -q '^serving' "$data/witnesses/$name/said" && continue 2
      sleep 0.1
    done
    echo "the witness $name did not start: $(cat "$data/witnesses/$name/said")" >&2
    return 1
  done
  echo "three witnesses of the record: ports ${WITNESS_PORT:-8491} to $((port - 1)); any two of them are enough"
  echo "watch it from outside: $minhu record audit --url http://127.0.0.1:${PORT:-8480}/record/ --policy $policy" \
    "--state $data/witnesses/monitor --every 60"
}

stop_witnesses() {
  local pid
  for pid in "${witness_pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${witness_pids[@]}"; do wait "$pid" 2>/dev/null || true; done
}
