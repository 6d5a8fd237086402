# Sourced by the scripts whose Java program starts others: runs it in a work directory of its own, and ends what it may leave,
# should it be killed: only processes of this run, by id. Needs `class_path`.

clean_up() {
  local status=$? pid
  trap - EXIT INT TERM
  if [[ -n "${program:-}" ]] && kill -0 "$program" 2>/dev/null; then
    kill "$program" 2>/dev/null || true
    wait "$program" 2>/dev/null || true
  fi
  if [[ -e "$work/pids" ]]; then
    while read -r pid; do
      # Only while it carries this run's mark: an id may have been given to another program since.
      if grep -qzFx "PERF_RUN=$work" "/proc/$pid/environ" 2>/dev/null; then
        kill "$pid" 2>/dev/null || true
      fi
    done <"$work/pids"
  fi
  if [[ $status == 0 ]] || ! compgen -G "$work/*.out" >/dev/null; then
    rm -rf "$work"
  else
    rm -rf "$work"/*database "$work"/*-data
    echo "the servers' logs are kept in $work" >&2
  fi
  exit "$status"
}

# run_program NAME MAIN-CLASS ARGUMENT...
run_program() {
  local name=$1 main=$2 status=0
  shift 2
  work="$(mktemp -d "${TMPDIR:-/tmp}/millrace-$name.XXXXXX")"
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  export PERF_RUN="$work"
  java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -Dlogback.configurationFile=perf-logback.xml -cp "$class_path" \
    "$main" --work "$work" "$@" &
  program=$!
  wait "$program" || status=$?
  exit "$status"
}
