# A private MariaDB: its own data directory, its own loopback port, its own account. Sourced after common.sh.
# The system's service, where there is one, is neither used nor touched.

# mariadb_install: puts the server on the machine where it is missing, without leaving a service of ours behind.
mariadb_install() {
  if mariadb_program mariadbd >/dev/null && mariadb_program mariadb-install-db >/dev/null; then return; fi
  if command -v brew >/dev/null 2>&1; then
    brew install mariadb >&2
    return
  fi
  # Debian starts a service after installation unless policy-rc.d says 101 (action forbidden).
  local policy=/usr/sbin/policy-rc.d made=0
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
    made=1
  fi
  local status=0
  install_packages mariadb-server || status=$?
  if [ "$made" = 1 ]; then as_root rm -f "$policy"; fi
  # Where systemd is at work, a later boot would start the server of the package: it was ours to install, so it stays off.
  if [ -d /run/systemd/system ]; then as_root systemctl disable --now mariadb >/dev/null 2>&1 || say 'could not disable the mariadb service'; fi
  return "$status"
}

# mariadb_program NAME: the path of one of MariaDB's programs; Debian keeps the server out of a plain user's PATH.
mariadb_program() {
  PATH="$PATH:/usr/sbin:/usr/local/sbin:/opt/homebrew/bin" command -v "$1"
}

# mariadb_start DIRECTORY PORT USER PASSWORD [OPTION…]: starts it on 127.0.0.1, waits until it answers; its pid is in DIRECTORY/server.pid.
# An option of the server's own that is given wins over the one below.
mariadb_start() {
  local directory="$1" port="$2" user="$3" password="$4" run_as='' server install client
  shift 4
  server="$(mariadb_program mariadbd)"
  install="$(mariadb_program mariadb-install-db)"
  client="$(mariadb_program mariadb)"
  if [ "$(id -u)" = 0 ]; then run_as='--user=root'; fi
  mkdir -p "$directory"
  if [ ! -d "$directory/data/mysql" ]; then
    "$install" --no-defaults --datadir="$directory/data" --auth-root-authentication-method=normal --skip-test-db $run_as \
      >"$directory/install.log" 2>&1 || die "mariadb-install-db failed, see $directory/install.log"
  fi
  # The account is made by the server itself before it listens, so that nobody ever reaches it without a password.
  (umask 077 && mariadb_account "$user" "$password" >"$directory/account.sql")
  # setsid: a Ctrl-C at the terminal goes to the script, which then stops the server in order.
  local detach=''
  if command -v setsid >/dev/null 2>&1; then detach=setsid; fi
  $detach "$server" --no-defaults --datadir="$directory/data" --socket="$directory/s.sock" --pid-file="$directory/server.pid" \
    --port="$port" --bind-address=127.0.0.1 --init-file="$directory/account.sql" $run_as \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci \
    --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size=256M --max-connections=400 --skip-log-bin --skip-name-resolve "$@" \
    >"$directory/server.log" 2>&1 </dev/null &
  mariadb_wait "$client" "$directory" "$port" "$user" "$password" || die "MariaDB did not start, see $directory/server.log"
}

# mariadb_account USER PASSWORD: the statements that make the account; root keeps no way in.
mariadb_account() {
  cat <<SQL
CREATE USER IF NOT EXISTS '$1'@'127.0.0.1' IDENTIFIED BY '$2';
GRANT ALL PRIVILEGES ON *.* TO '$1'@'127.0.0.1' WITH GRANT OPTION;
ALTER USER 'root'@'localhost' ACCOUNT LOCK;
SQL
}

mariadb_wait() {
  local client="$1" directory="$2" port="$3" user="$4" password="$5" tries=0
  while [ "$tries" -lt 300 ]; do
    if MYSQL_PWD="$password" "$client" --no-defaults -h 127.0.0.1 -P "$port" -u "$user" -e 'SELECT 1' >/dev/null 2>&1; then return 0; fi
    sleep 0.1
    tries=$((tries + 1))
  done
  return 1
}

# mariadb_stop DIRECTORY: stops the server that mariadb_start started there, by its own pid, and waits for it.
mariadb_stop() {
  local file="$1/server.pid" pid tries=0
  [ -f "$file" ] || return 0
  pid="$(cat "$file")"
  kill -TERM "$pid" 2>/dev/null || return 0
  while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 300 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
}
