# shellcheck shell=bash
# Sourced after lib.sh by the demonstration and the benchmarks: servers that run in a temporary folder on free ports of the loopback
# interface, and are gone when the script is, however it ends.

# free_port: prints a port on which nobody listens, below those that the kernel hands out.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# as ACCOUNT COMMAND...: runs it as that account when we are root, else as ourselves.
as() {
  local account=$1
  shift
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid="$account" --regid="$(id -g "$account")" --init-groups -- "$@"
  else
    "$@"
  fi
}

# start LAST_SIGNAL LOG ACCOUNT COMMAND...: starts a server whose process id is then in $started. Ctrl-C does not reach it, since stopping
# it is the caller's work; the kernel sends it LAST_SIGNAL when the caller is killed.
start() {
  local signal=$1 log=$2 account=$3 prefix=()
  shift 3
  if [ "$(id -u)" = 0 ]; then prefix=(setpriv --reuid="$account" --regid="$(id -g "$account")" --init-groups --); fi
  setsid "${prefix[@]}" setpriv --pdeathsig "$signal" -- "$@" >>"$log" 2>&1 </dev/null &
  started=$!
}

# stop PID SIGNAL: asks a server of ours to end, and waits; kills it after 20 seconds.
stop() {
  local tries
  kill -s "$2" "$1" 2>/dev/null || return 0
  for ((tries = 0; tries < 200; tries++)); do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -s KILL -- "-$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# within SECONDS PID COMMAND...: waits until COMMAND succeeds; fails when the time is over or the server PID has ended.
within() {
  local end=$((SECONDS + $1)) pid=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$end" ] || ! kill -0 "$pid" 2>/dev/null; then return 1; fi
    sleep 0.1
  done
}

# start_postgres FOLDER LOG [SETTING...]: a new cluster in FOLDER; its process id is then in $postgres_pid, its programs in $pg_bin, and all
# of PostgreSQL's programs find it through the environment.
start_postgres() {
  local dir=$1 log=$2 setting
  shift 2
  pg_bin=$(postgres_bin) || die "no PostgreSQL server programs found"
  PGPORT=$(free_port)
  export PGHOST=127.0.0.1 PGPORT PGUSER=backup PGPASSWORD=scratch-only
  mkdir -p "$dir"
  printf '%s\n' "$PGPASSWORD" >"$dir/password"
  if [ "$(id -u)" = 0 ]; then chown -R postgres: "$dir"; fi
  as postgres "$pg_bin/initdb" --pgdata="$dir/data" --username=$PGUSER --pwfile="$dir/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >>"$log" 2>&1
  for setting in "listen_addresses = '$PGHOST'" "port = $PGPORT" "unix_socket_directories = ''" 'fsync = off' "$@"; do
    printf '%s\n' "$setting" >>"$dir/data/postgresql.conf"
  done
  start QUIT "$log" postgres "$pg_bin/postgres" -D "$dir/data"
  # shellcheck disable=SC2034 # the callers use it
  postgres_pid=$started
  within 60 "$started" "$pg_bin/pg_isready" -q -d postgres || die "PostgreSQL does not start"
}

# sql DATABASE [PSQL OPTION...]: runs statements from standard input, stops at the first error.
sql() {
  local database=$1
  shift
  PGOPTIONS='-c client_min_messages=warning' "$pg_bin/psql" -XqAt -v ON_ERROR_STOP=1 "$@" -d "$database"
}
