# From a clone to something that runs: packages, the native part of better-sqlite3, the compiled sources. Sourced after common.sh.
# Every step looks first and does nothing where all is in place, so that a warm start costs well under a second.

# packages_installed: true when what package-lock.json asks for is what npm noted as installed.
packages_installed() {
  [ -f node_modules/.package-lock.json ] || return 1
  node script/lib/packages-match.js
}

ensure_packages() {
  if packages_installed; then return; fi
  say 'installing the packages of package-lock.json'
  # Without install scripts, whatever npm's own default is: the one native part is built below, in sight.
  mkdir -p .cache
  if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >.cache/npm.log 2>&1; then return; fi
  # npm ci refuses a lock without the optional binaries of every other platform; npm install takes the same versions, checked by the same hashes.
  npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error >>.cache/npm.log 2>&1 ||
    { cat .cache/npm.log >&2; die 'the packages could not be installed'; }
  packages_installed || die 'what npm installed is not what package-lock.json asks for, see .cache/npm.log'
}

sqlite_loads() { node -e 'new (require("better-sqlite3"))(":memory:").close()' 2>/dev/null; }

# sqlite_binary_name: names the binary by all that it depends on.
sqlite_binary_name() {
  node -p '`better-sqlite3-${require("better-sqlite3/package.json").version}-${process.versions.modules}-${process.platform}-${process.arch}.node`'
}

ensure_compiler() {
  local missing=()
  command -v g++ >/dev/null 2>&1 || command -v c++ >/dev/null 2>&1 || missing+=(g++)
  command -v make >/dev/null 2>&1 || missing+=(make)
  command -v python3 >/dev/null 2>&1 || missing+=(python3)
  if [ "${#missing[@]}" -gt 0 ]; then install_packages "${missing[@]}"; fi
}

# ensure_sqlite: better-sqlite3 comes without a binary; it is taken from a cache or built against the running Node's own headers.
ensure_sqlite() {
  if sqlite_loads; then return; fi
  local name folder target=node_modules/better-sqlite3/build/Release/better_sqlite3.node
  name="$(sqlite_binary_name)"
  for folder in .cache "${XDG_CACHE_HOME:-$HOME/.cache}/phi-gateway"; do
    [ -f "$folder/$name" ] || continue
    mkdir -p "$(dirname "$target")"
    cp "$folder/$name" "$target"
    if sqlite_loads; then return; fi
  done
  ensure_compiler
  say 'compiling better-sqlite3 (about 90 seconds on two cores)'
  build_sqlite || die 'better-sqlite3 did not compile, see .cache/better-sqlite3.log'
  sqlite_loads || die 'better-sqlite3 was compiled but does not load, see .cache/better-sqlite3.log'
  for folder in .cache "${XDG_CACHE_HOME:-$HOME/.cache}/phi-gateway"; do
    # A home that cannot be written costs the next clone a compilation, nothing else.
    { mkdir -p "$folder" && cp "$target" "$folder/$name"; } 2>/dev/null || say "not kept in $folder"
  done
}

build_sqlite() {
  local prefix
  prefix="$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")"
  mkdir -p .cache
  (
    cd node_modules/better-sqlite3
    if [ -d "$prefix/include/node" ]; then export npm_config_nodedir="$prefix"; fi
    JOBS=max npm run build-release
  ) >.cache/better-sqlite3.log 2>&1
}

# ensure_compiled: TypeScript to dist/, only when a source changed since the last time.
ensure_compiled() {
  local hash
  hash="$(node script/lib/hash-sources.js)"
  if [ -f dist/.sources ] && [ "$(cat dist/.sources)" = "$hash" ]; then return; fi
  say 'compiling the sources'
  local fresh=".cache/dist.$$"
  rm -rf "$fresh"
  npx --no-install swc src ormconfig.ts -d "$fresh" --copy-files --quiet >&2
  printf '%s' "$hash" >"$fresh/.sources"
  rm -rf dist
  mv "$fresh" dist
}

# set_up: all of the above; the native part is compiled beside the rest.
set_up() {
  require_node
  mkdir -p .cache
  ensure_packages
  ensure_sqlite &
  local native=$!
  ensure_compiled
  wait "$native"
}
