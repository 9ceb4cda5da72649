#!/usr/bin/env bash
# A private PostgreSQL for the bench: own data directory under the temporary folder, loopback only, own port. PostgreSQL refuses root, so root
# hands it to the account of Debian's package. bench/peers/postgres.sh start (prints the address) | stop
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../script/lib/common.sh"

DIRECTORY="${BENCH_POSTGRES_DIR:-${TMPDIR:-/tmp}/phi-bench-postgres-$(id -u)}"
PASSWORD=phi

# program NAME: the path of one of the server's programs; Debian keeps them out of PATH, a folder for each version.
program() {
  ls -d /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -n 1 | grep . || PATH="$PATH:/opt/homebrew/bin" command -v "$1"
}

# as_server COMMAND…: root runs it as the package's account, anybody else as themselves.
as_server() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Debian's package makes a cluster and starts a service unless it is told not to: neither is ours.
install_server() {
  if program postgres >/dev/null; then return; fi
  if command -v brew >/dev/null 2>&1; then
    brew install postgresql@15 >&2
    return
  fi
  local folder=/etc/postgresql-common/createcluster.d status=0
  as_root mkdir -p "$folder"
  printf 'create_main_cluster = false\n' | as_root tee "$folder/phi-bench.conf" >/dev/null
  install_packages postgresql || status=$?
  as_root rm -f "$folder/phi-bench.conf"
  return "$status"
}

address() { printf 'postgres://phi:%s@127.0.0.1:%s/bench\n' "$PASSWORD" "$(cat "$DIRECTORY/port")"; }

# What script/bench gives MariaDB, and else what is usual for data in memory: 1 GB of buffers, no JIT for queries of milliseconds.
start() {
  install_server
  if as_server "$(program pg_ctl)" -D "$DIRECTORY/data" status >/dev/null 2>&1; then
    address
    return
  fi
  if [ ! -f "$DIRECTORY/data/PG_VERSION" ]; then
    mkdir -p "$DIRECTORY"
    (umask 077 && printf '%s\n' "$PASSWORD" >"$DIRECTORY/password")
    if [ "$(id -u)" = 0 ]; then chown -R postgres "$DIRECTORY"; fi
    as_server "$(program initdb)" -D "$DIRECTORY/data" -U phi -A scram-sha-256 --pwfile="$DIRECTORY/password" --locale=C --encoding=UTF8 >"$DIRECTORY/install.log" 2>&1 ||
      die "initdb failed, see $DIRECTORY/install.log"
  fi
  free_port >"$DIRECTORY/port"
  as_server "$(program pg_ctl)" -D "$DIRECTORY/data" -l "$DIRECTORY/data/server.log" -w -t 60 -o "-p $(cat "$DIRECTORY/port") -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
    -c shared_buffers=1GB -c work_mem=16MB -c effective_cache_size=2GB -c random_page_cost=1.1 -c jit=off -c max_connections=50 -c max_parallel_workers_per_gather=0" start >/dev/null </dev/null ||
    die "PostgreSQL did not start, see $DIRECTORY/data/server.log"
  PGPASSWORD="$PASSWORD" "$(program psql)" -h 127.0.0.1 -p "$(cat "$DIRECTORY/port")" -U phi -d postgres -qAtc "SELECT 1 FROM pg_database WHERE datname = 'bench'" | grep -q 1 ||
    PGPASSWORD="$PASSWORD" "$(program createdb)" -h 127.0.0.1 -p "$(cat "$DIRECTORY/port")" -U phi bench
  address
}

stop() {
  [ -f "$DIRECTORY/data/postmaster.pid" ] || return 0
  as_server "$(program pg_ctl)" -D "$DIRECTORY/data" -m fast -w stop >/dev/null
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *) die 'start or stop' ;;
esac
