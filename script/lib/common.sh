# Shared by every script: where the checkout is, how to speak to the person at the terminal, how to find a free port.
# Sourced, never run. Speaks on stderr so that stdout stays for results.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

say() { printf '==> %s\n' "$*" >&2; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# as_root COMMAND…: apt needs root; a developer's own account gets there by sudo, when it may.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    die "this needs root and there is no sudo: $*"
  fi
}

# install_packages PACKAGE…: Debian packages, without what they merely recommend, without questions.
install_packages() {
  command -v apt-get >/dev/null 2>&1 || die "please install by hand (no apt-get here): $*"
  say "installing $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

require_node() {
  command -v node >/dev/null 2>&1 || die 'Node 20.19 or later is needed: https://nodejs.org'
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Node 20.19 or later is needed, this is $(node -v)"
}

# free_port: a loopback port that nobody listens on at this moment.
free_port() {
  node -e 'const s = require("node:net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
