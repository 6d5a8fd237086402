#!/usr/bin/env bash
# Builds kube-apiserver from Debian's source package into ~/.cache/millrace, once a machine, for the tests named XxxKT.
set -eu

usage() {
  cat <<'TEXT'
Usage: k8s/test-cluster/build-apiserver.sh

Prints the path of a kube-apiserver binary. The first run on a machine builds it (about 5 minutes on 2 cores, 3 GB of
disk while it lasts) from the source package `kubernetes` of the configured Debian mirror; later runs answer at once.
Needs Debian bookworm and, for the first run, root for the build's packages. Elsewhere use K3s in a container:
MILLRACE_TEST_CLUSTER=k3s.
TEXT
}

fail() {
  printf 'build-apiserver: %s\n' "$1" >&2
  exit 1
}

say() {
  printf 'build-apiserver: %s\n' "$1" >&2
}

case ${1:-} in
  '') ;;
  -h | --help)
    usage
    exit 0
    ;;
  *) fail "unknown argument $1 (see --help)" ;;
esac

cache="${HOME:?HOME must be set}/.cache/millrace"
binary="$cache/kube-apiserver"
if [ -x "$binary" ]; then
  printf '%s\n' "$binary"
  exit 0
fi

command -v apt-get >/dev/null || fail 'this is no Debian: use a container instead, MILLRACE_TEST_CLUSTER=k3s'
mkdir -p "$cache"

# One build at a time: whoever comes second waits and finds the result.
exec 9>"$cache/kube-apiserver.lock"
flock -w 3600 9 || fail "another build holds $cache/kube-apiserver.lock for more than an hour"
if [ -x "$binary" ]; then
  printf '%s\n' "$binary"
  exit 0
fi

work=$(mktemp -d "$cache/build.XXXXXX")
log="$cache/kube-apiserver-build.log"
# Go writes its module cache read-only.
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
: >"$log"

missing=
for pair in go:golang-go rsync:rsync jq:jq make:make; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
done
if [ -n "$missing" ]; then
  [ "$(id -u)" = 0 ] || fail "these Debian packages are missing:$missing"
  say "installing$missing"
  # shellcheck disable=SC2086
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $missing; } \
    </dev/null >>"$log" 2>&1 || fail "could not install$missing; see $log"
fi

# The mirror and suite that this machine takes its packages from, as apt itself names them.
read -r mirror suite <<EOF
$(apt-cache madison kubernetes-client | awk -F'|' 'NR == 1 { split($3, where, " "); split(where[2], suite, "/"); print where[1], suite[1] }')
EOF
[ -n "${suite:-}" ] || fail "no apt source offers kubernetes-client: run apt-get update, or use MILLRACE_TEST_CLUSTER=k3s"

# Sources are fetched with lists of our own, so the machine's configuration stays as it is.
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/download"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
signed=
[ ! -r "$keyring" ] || signed="[signed-by=$keyring] "
printf 'deb-src %s%s %s main\n' "$signed" "$mirror" "$suite" >"$work/sources.list"
private_apt() {
  apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::State::Lists="$work/lists" -o Dir::Cache::Archives="$work/archives" \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root "$@" </dev/null >>"$log" 2>&1
}
say "fetching the source package kubernetes ($suite)"
private_apt update || fail "could not read the source lists of $suite; see $log"
(cd "$work/download" && private_apt source --download-only kubernetes) ||
  fail "could not fetch the source package kubernetes; see $log"

tarball=$(find "$work/download" -name 'kubernetes_*.orig.tar.*' | head -n 1)
[ -n "$tarball" ] || fail "the source package holds no kubernetes_*.orig.tar.*; see $log"
# 1.20.5+really1.20.2 is 1.20.2
version=$(basename "$tarball" | sed -E 's/^kubernetes_(.*really)?([0-9]+(\.[0-9]+)+).*$/\2/')
tree="$work/go/src/k8s.io/kubernetes"
mkdir -p "$tree"
tar -xf "$tarball" -C "$tree" --strip-components=1

# The tree's copy of reflect2 reads Go's maps as they were before Go 1.18: the server would crash at the first custom
# resource. Debian's own package of it knows today's.
reflect=golang-github-modern-go-reflect2-dev
(cd "$work/download" && apt-get -qq -o APT::Sandbox::User=root download "$reflect") >>"$log" 2>&1 || fail "could not fetch $reflect; see $log"
dpkg-deb -x "$work"/download/${reflect}_*.deb "$work/reflect" || fail "could not unpack $reflect"
rm "$tree"/vendor/github.com/modern-go/reflect2/*.go "$tree"/vendor/github.com/modern-go/reflect2/*.s
cp "$work"/reflect/usr/share/gocode/src/github.com/modern-go/reflect2/*.go \
  "$work"/reflect/usr/share/gocode/src/github.com/modern-go/reflect2/*.s "$tree/vendor/github.com/modern-go/reflect2/"

say "building kube-apiserver v$version (log: $log)"
(
  cd "$tree"
  # Everything is vendored in the tree: nothing may come from elsewhere.
  export GOPATH="$work/go" GOCACHE="$work/go-build" GOPROXY=off CGO_ENABLED=0
  export KUBE_GIT_VERSION="v$version" KUBE_GIT_COMMIT=source-package KUBE_GIT_TREE_STATE=clean
  make WHAT=cmd/kube-apiserver
) </dev/null >>"$log" 2>&1 || fail "the build failed; see $log"

built=$(find "$tree/_output" -type f -name kube-apiserver -perm -u+x | head -n 1)
[ -n "$built" ] || fail "the build left no binary; see $log"
"$built" --version >>"$log" 2>&1 || fail "the binary does not run; see $log"
mv "$built" "$cache/kube-apiserver.new"
mv "$cache/kube-apiserver.new" "$binary"
say "built $binary"
printf '%s\n' "$binary"
