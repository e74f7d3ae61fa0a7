# shellcheck shell=bash
# Sourced by the benchmarks: a folder for a run, a scratch PostgreSQL (script/scratch.sh), an S3 server, and figures out of JSON.
# shellcheck disable=SC2034 # the scripts that source this use its variables

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../script/lib.sh"
. "$here/../script/scratch.sh"

bucket=bench access_key=bench-key secret_key=bench-secret
work='' folder='' postgres_pid='' s3_pid='' s3_sidecar='' file_sidecar='' doing='the start'

# begin_run: a temporary folder in $work, which is deleted at the end together with every server. After a failure of what $doing names its
# logs are kept. What else has to end with the run goes into a trap of the script's own, which hands its exit code to end_run.
begin_run() {
  unset "${!MGNLBACKUP_@}"
  work=$(mktemp -d "${TMPDIR:-/tmp}/mgnlbackup-bench.XXXXXX")
  chmod 755 "$work"
  mkdir "$work/log"
  trap end_run EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

end_run() { # [STATUS]
  local status=${1:-$?}
  trap - EXIT
  trap '' INT TERM
  [ -z "$s3_sidecar" ] || stop "$s3_sidecar" TERM
  [ -z "$file_sidecar" ] || stop "$file_sidecar" TERM
  [ -z "$s3_pid" ] || stop "$s3_pid" TERM
  [ -z "$postgres_pid" ] || stop "$postgres_pid" INT
  if [ "$status" = 0 ] || [ "$status" = 130 ] || [ -z "$doing" ]; then
    rm -rf "$work" ${folder:+"$folder"}
    exit "$status"
  fi
  say "${red}failed:$plain $doing; logs in $work/log"
  find "$work" -mindepth 1 -maxdepth 1 ! -name log -exec rm -rf {} +
  exit "$status"
}

# s3proxy_jar: fetches the S3 server unless it is there; sets $s3_jar.
s3proxy_jar() {
  local version
  version=$(sed -n 's#.*<s3proxy.version>\(.*\)</s3proxy.version>.*#\1#p' "$root/pom.xml")
  s3_jar=$root/target/bench/s3proxy-$version-jar-with-dependencies.jar
  [ ! -s "$s3_jar" ] || return 0
  say "${dim}fetching the S3 server …$plain"
  mvn -B -q -ntp -f "$root/pom.xml" dependency:copy -Dartifact="org.gaul:s3proxy:$version:jar:jar-with-dependencies" \
    -DoutputDirectory="$root/target/bench" >"$work/log/maven.log" 2>&1
}

# start_s3: S3Proxy on a free port of 127.0.0.1, which checks signatures and keeps objects as files; sets $s3_pid and $s3_url.
start_s3() {
  local port
  s3proxy_jar
  port=$(free_port)
  s3_url=http://127.0.0.1:$port
  mkdir -p "$work/s3/$bucket" # a bucket is a folder to it
  cat >"$work/s3.conf" <<C
s3proxy.endpoint=$s3_url
s3proxy.authorization=aws-v4
s3proxy.identity=$access_key
s3proxy.credential=$secret_key
s3proxy.ignore-unknown-headers=true
s3proxy.v4-max-non-chunked-request-size=1073741824
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/s3
${s3_options:-}
C
  launch_s3

  unset "${!AWS_@}"
  export AWS_ACCESS_KEY_ID=$access_key AWS_SECRET_ACCESS_KEY=$secret_key AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true
  export MGNLBACKUP_BUCKET=$bucket MGNLBACKUP_S3_ENDPOINT=$s3_url MGNLBACKUP_S3_ACCESSKEY=$access_key MGNLBACKUP_S3_SECRETKEY=$secret_key
}

# launch_s3: starts it, with the objects that it had.
launch_s3() {
  start TERM "$work/log/s3.log" "$(id -un)" java -Xmx1g -DLOG_LEVEL=warn -jar "$s3_jar" --properties "$work/s3.conf"
  s3_pid=$started
  within 60 "$s3_pid" curl --silent --noproxy '*' --output /dev/null "$s3_url/" || die "the S3 server does not start"
}

# uploader NAME KEY: prints the command that stores standard input under KEY.
uploader() {
  case $1 in
    rclone) echo "rclone --config /dev/null --s3-provider Other --s3-endpoint $s3_url --s3-env-auth --s3-force-path-style rcat :s3:$bucket/$2" ;;
    aws) echo "aws --endpoint-url $s3_url s3 cp --only-show-errors - s3://$bucket/$2" ;;
    s3cmd)
      echo "s3cmd --quiet --no-ssl --config /dev/null --host ${s3_url#http://} --host-bucket ${s3_url#http://} --access_key $access_key" \
        "--secret_key $secret_key --multipart-chunk-size-mb 16 put - s3://$bucket/$2"
      ;;
    *) die "unknown uploader '$1': rclone, aws or s3cmd" ;;
  esac
}

# objects: the files in which the S3 server keeps its objects, newest first.
objects() { find "$work/s3/$bucket" -type f ! -path '*/.mpus*' -printf '%T@ %p\n' | sort -rn | cut -d ' ' -f 2-; }

# figure NAME FILE...: that number of each line of JSON, one a line.
figure() { sed -n "s/.*[{,]\"$1\":\([0-9.]*\).*/\1/p" "${@:2}"; }

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.2f\n", (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f\n", b ? a / b : 0 }'; }
