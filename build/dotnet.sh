# shellcheck shell=bash disable=SC2154
# How ./platform starts dotnet to restore and to build, tells of its progress, and says what a failure is about. Read by the script platform.

builder="" teller="" # The process that builds at the moment, and the one that tells of it.

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 && return
  fail "The .NET SDK 10 is needed, and there is no 'dotnet' on the PATH." "$install_dotnet" "Then run the same command again."
}
install_dotnet="Install it:  apt-get install dotnet-sdk-10.0   or   brew install dotnet   or   https://dotnet.microsoft.com/download/dotnet/10.0"

# Runs dotnet with the arguments behind the first three: its output goes to the log $1; $2 says what is done, in $3 projects (0: nobody counted them).
# It runs beside the script, so that a signal to the script alone ends it too, and the lock is never free while something still builds.
run_dotnet() {
  local log=$1 what=$2 total=$3 status=0
  shift 3
  { : >"$log"; } 2>/dev/null || cannot_write "$(LC_ALL=C touch "$log" 2>&1 || true)"
  [ -z "$verbose" ] || printf '+ dotnet %s\n' "$*" >&3
  PLATFORM_PROGRESS=yes dotnet "$@" </dev/null >"$log" 2>&1 3>&- &
  builder=$!
  tell_of_progress "$log" "$what" "$total" &
  teller=$!
  wait "$builder" || status=$?
  builder=""
  end_builder
  return "$status"
}

# Ends what builds, when the script is ended, and what tells of it.
end_builder() {
  local process
  for process in $builder $teller; do
    # A shell tells of jobs that are ended, which is nobody's news here.
    { kill "$process" && wait "$process"; } 2>/dev/null || true
  done
  [ -z "$teller" ] || ! is_terminal || printf '\r\033[K' >&2 || true
  builder="" teller=""
}

is_terminal() { [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; }

# Says what a build does, by its log: on a terminal in one line that changes each second, elsewhere in a line every ten seconds.
tell_of_progress() {
  local log=$1 what=$2 total=$3 began=$SECONDS next=10 step waited
  while :; do
    # What this process leaves behind when it is ended must not hold the streams that others wait for.
    sleep 1 >/dev/null 2>&1 3>&-
    waited=$((SECONDS - began))
    step=$(awk -v total="$total" '
      / -> / { done++ }
      /^ *(Compiling|Generating) / { sub(/^ */, ""); step = tolower(substr($0, 1, 1)) substr($0, 2) }
      END {
        if (total > 0 && done <= total) { printf "%d of %d projects, ", done, total }
        printf "%s", step == "" ? "restoring packages" : step
      }' "$log" 2>/dev/null)
    if is_terminal; then
      printf '\r\033[K%s: %s (%d s)' "$what" "$step" "$waited" >&2
    elif [ "$waited" -ge "$next" ]; then
      printf '%s: %s (%d s)\n' "$what" "$step" "$waited" >&2
      next=$((next + 10))
    fi
  done
}

# The errors and warnings of a build's log, each once; of a log without any its end.
problems() {
  grep -E '(error|warning) ([A-Z]+[0-9]+)? ?:' "$1" | sed -E 's# \[[^]]*\]$##' | sort -u | head -n 40 >&2 || tail -n 40 "$1" >&2 || true
}

# What dotnet's failure is about when it is the machine's, not the code's: cause and fix, empty when it is not known. $1 is the log, $2 its exit code.
explain() {
  local log=$1 status=$2 line path
  cause="" fix=""
  line=$(grep -m 1 -E 'No space left on device|not enough space on the disk|Disk quota exceeded' "$log" || true)
  if [ -n "$line" ] || ! { printf '%65536s' "" >"$state/room"; } 2>/dev/null; then
    path=$(printf '%s\n' "$line" | sed -n "s/.* : '\(.*\)'.*/\1/p")
    path=${path:-$state}
    cause="The disk is full, or your quota of it: $path could not be written."
    fix="Make room and run the same command again: 'df -h' shows where, 'dotnet nuget locals all --clear' empties NuGet's cache."
  elif grep -qE 'A compatible \.NET SDK was not found|No \.NET SDKs were found|error NETSDK1045' "$log"; then
    cause="The .NET SDK 10 is needed ($(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json" 2>/dev/null | head -n 1) or a later feature of it, says global.json), and $(command -v dotnet) has $(installed_sdks)."
    fix="$install_dotnet"
  elif grep -q "Set the 'DOTNET_CLI_HOME' environment variable" "$log"; then
    cause="dotnet and NuGet keep files in the home folder, and HOME is '${HOME:-}', which is not there or not yours to write."
    fix="$give_home"
  elif path=$(sed -nE "s/.*(Access to the path|Read-only file system :) '([^']*)'.*/\2/p" "$log" | head -n 1) && [ -n "$path" ]; then
    cause="dotnet cannot write $path."
    case $path in
      "$root"/*) fix="It belongs to another user (a build by root, perhaps) or is read-only: sudo chown -R $(id -un) $root, or work in a clone of your own." ;;
      "${NUGET_PACKAGES:-/dev/null}"*) fix="NuGet keeps packages there because NUGET_PACKAGES says so: name a folder that you may write." ;;
      "${DOTNET_CLI_HOME:-/dev/null}"*) fix="dotnet keeps files there because DOTNET_CLI_HOME says so: name a folder that you may write." ;;
      "${HOME:-/dev/null}"*) cause="The home folder is read-only for $(id -un 2>/dev/null || id -u): $cause" fix="$give_home" ;;
      *) fix="Make it writable for $(id -un), or have dotnet write elsewhere: TMPDIR, DOTNET_CLI_HOME and NUGET_PACKAGES name its folders." ;;
    esac
  elif grep -q 'error NU1301' "$log"; then
    explain_feed "$log"
  elif line=$(grep -m 1 -oE 'error NU110[123]: .*' "$log") && [ -n "$line" ]; then
    path=$(printf '%s\n' "$line" | sed -E 's/.*[Pp]ackage ([A-Za-z0-9_.-]*[A-Za-z0-9_-])( .*|\..*)?$/\1/')
    cause="No feed has the package $path in the version that is asked for."
    fix="See 'dotnet nuget list source'. A mirror must carry it, or a feed that has it must be added: dotnet nuget add source URL."
  elif [ "$status" = 137 ] || grep -q 'exited with code 137' "$log"; then
    cause="The compiler was killed: most likely the machine or container ran out of memory."
    fix="Give it 4 GB, or build with less at a time: MSBUILDDISABLENODEREUSE=1 DOTNET_PROCESSOR_COUNT=1."
  fi
  rm -f "$state/room"
}
give_home="Give dotnet and NuGet a folder that you may write:  export DOTNET_CLI_HOME=/tmp/dotnet-$UID  and run the same command again."

installed_sdks() {
  local found
  found=$(dotnet --list-sdks 2>/dev/null | cut -d ' ' -f 1 | paste -s -d ' ' - || true)
  echo "${found:-no SDK at all}"
}

# NuGet says which source it could not ask, and in further lines why.
explain_feed() {
  local lines source reason
  lines=$(sed -n 's/.*error NU1301: *//p' "$1" | sed -E 's# \[[^]]*\]$##')
  source=$(printf '%s\n' "$lines" | sed -nE "s/.*(for source|local source|at source|from source) '?([^' ]*[^' .]).*/\2/p" | head -n 1)
  reason=$(printf '%s\n' "$lines" | grep -vE 'service index|local source' | head -n 1 | sed -E 's/^ +//; s/\.$//' || true)
  cause="The package feed $source cannot be reached${reason:+: $reason}."
  case $lines in
    *"local source"*) cause="The package feed $source is a folder that is not there." fix="Mount it, or take it out: dotnet nuget list source, dotnet nuget remove source NAME." ;;
    *401* | *403* | *nauthorized* | *orbidden*) fix="It wants other credentials: dotnet nuget update source NAME --username USER --password TOKEN." ;;
    *SSL* | *ertificate*) fix="Its certificate is not trusted here: add its authority to the system's (update-ca-certificates), or name it in SSL_CERT_FILE." ;;
    *) fix="Look at the network and the proxy (HTTPS_PROXY), or name a mirror: dotnet nuget list source, dotnet nuget add source URL." ;;
  esac
}

# Ends the script after a failed run of dotnet: with what the log $1 is about, $2 being the exit code, or with its errors and the further sentences.
fail_by_log() {
  local log=$1
  explain "$log" "$2"
  shift 2
  [ -z "$cause" ] || fail "$cause" "$fix" "The whole log: ${log#"$root"/}"
  problems "$log"
  fail "$@"
}
