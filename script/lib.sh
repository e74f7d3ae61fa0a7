# shellcheck shell=bash
# shellcheck disable=SC2034 # the scripts that source this use its variables
# Sourced by the scripts of this repository: messages, and what a script needs from a Debian machine.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PATH=$PATH:/usr/sbin:/sbin # servers live there, and an ordinary user's PATH lacks it

if [ -t 1 ] && [ -t 2 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' dim='' red='' green='' plain=''
fi

say() { printf '%s\n' "$*" >&2; }
die() {
  printf '%s%s:%s %s\n' "$red" "${0##*/}" "$plain" "$*" >&2
  exit 1
}

# postgres_bin: prints the folder of the newest PostgreSQL server programs; fails when there are none. PGBIN overrides.
postgres_bin() {
  local found
  if [ -n "${PGBIN:-}" ]; then
    [ -x "$PGBIN/initdb" ] || die "PGBIN is '$PGBIN', where no initdb is"
    found=$PGBIN
  else
    found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    [ -x "$found" ] || found=$(command -v initdb) || return 1
    found=${found%/initdb}
  fi
  echo "$found"
}

have() {
  case $1 in
    postgres) postgres_bin >/dev/null ;;
    lib*) ldconfig -p | grep -q "$1\.so" ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# need PROGRAM=PACKAGE...: installs, in one go, the packages whose program is not there. Silent when all are.
need() {
  local pair missing=()
  for pair; do
    have "${pair%%=*}" || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

# need_java: a JDK and Maven, which nobody wants replaced behind their back.
need_java() {
  local hint="install a JDK of version 17 or later and Maven (Debian: apt-get install openjdk-17-jdk-headless maven)"
  have "${JAVA_HOME:+$JAVA_HOME/bin/}javac" || die "no JDK found: $hint"
  have mvn || die "no Maven found: $hint"
}

install_packages() {
  command -v apt-get >/dev/null || die "missing here: $*. These are Debian's names; install what they are called on this system"
  [ "$(id -u)" = 0 ] || die "missing here: $*
hint: run 'apt-get install --no-install-recommends $*' as root, then start this again"
  say "${dim}installing $* …$plain"
  local log
  log=$(mktemp "${TMPDIR:-/tmp}/mgnlbackup-install.XXXXXX")
  # In a sub-shell, so that its trap does not replace the caller's.
  if ! (
    trap allow_services EXIT
    forbid_services
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
  ) >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    die "could not install $*: all of it is in $log"
  fi
  rm -f "$log"
}

# Debian starts a server as soon as it is installed, unless this file says no; we only want the programs.
policy=/usr/sbin/policy-rc.d
policy_mark='# mgnlbackup: no service is started while its scripts install packages'
forbid_services() {
  [ -e "$policy" ] && return
  printf '#!/bin/sh\n%s\nexit 101\n' "$policy_mark" >"$policy"
  chmod 755 "$policy"
}
allow_services() {
  if grep -qsF "$policy_mark" "$policy"; then rm -f "$policy"; fi
}
