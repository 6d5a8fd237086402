# Sourced by the scripts of this directory: builds what is missing or older than its sources,
# and sets class_path. Needs `root`, the repository's root.

build_if_needed() {
  local stamp="$root/perf/target/.built"
  if [[ -e "$stamp" && -z "$(newer_sources "$stamp")" ]]; then
    return
  fi
  echo "building (the sources are newer than the last build)" >&2
  mkdir -p "$root/perf/target"
  touch "$stamp.started" # a source saved while the build runs must count as newer
  rm -rf "$root/perf/target/lib" # jars of earlier versions must not stay on the class path
  (cd "$root" && mvn -B -q -Dquick -DskipTests -pl perf -am package) >&2
  mv "$stamp.started" "$stamp"
}

newer_sources() {
  find "$root"/pom.xml "$root"/{engine,persistence,ui,gateway-verticle,operator-verticle,app,perf}/{pom.xml,src/main} "$root/perf/definitions" \
    -newer "$1" -type f -print -quit 2>/dev/null || true
}

class_path="$root/perf/target/classes:$root/perf/target/lib/*"
