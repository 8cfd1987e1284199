# shellcheck shell=bash disable=SC2154
# One ./platform at a time restores and builds. Read by the script platform, which sets state; for bash 3.2 and macOS as well.
#
# The lock is a link that leads nowhere, because making one is atomic everywhere and macOS has no flock. Its text says who holds it, in fields between '|':
# process, its start, host, machine, boot, namespace of process ids, user, since when, command.

lock_file=$state/lock
lock_text="" # What our own link says, while we hold the lock.

# Whether process $1 is there, and when it began, in a form that only the same system compares: process_start, empty where that is hidden from us.
find_process() {
  local line IFS=' '
  process_start=""
  if [ -r "/proc/$1/stat" ] && { read -r line <"/proc/$1/stat"; } 2>/dev/null; then
    # The name in parentheses may hold anything, so fields are counted behind it: the state is the third of all, the start the twenty-second.
    # shellcheck disable=SC2086
    set -- ${line##*) }
    process_start=${20}
    # One that has ended stays a zombie until its parent asks for it, in a container without an init for ever.
    case $1 in Z | X) return 1 ;; esac
    return 0
  fi
  # Of another user's process kill says that it is not permitted, which is a yes; a system that hides those from ps says nothing of their start.
  case $(export LC_ALL=C; kill -0 "$1" 2>&1) in *"No such process"*) return 1 ;; esac
  line=$(LC_ALL=C TZ=UTC0 ps -o stat= -o lstart= -p "$1" 2>/dev/null || true)
  case $line in Z*) return 1 ;; esac
  process_start=${line#* }
}

# Where process ids mean the same: host for people, machine, boot and namespace for comparing. What a system does not tell is empty.
whereabouts() {
  local machine="" boot="" space=""
  if [ -r /proc/sys/kernel/random/boot_id ]; then
    read -r boot </proc/sys/kernel/random/boot_id || true
    [ ! -r /etc/machine-id ] || read -r machine </etc/machine-id || true
    space=$(readlink /proc/self/ns/pid 2>/dev/null || true)
  else
    boot=$(sysctl -n kern.bootsessionuuid 2>/dev/null || true)
    machine=$(ioreg -rd1 -c IOPlatformExpertDevice 2>/dev/null | sed -n 's/.*"IOPlatformUUID" = "\(.*\)".*/\1/p' || true)
    space=one
  fi
  echo "$(uname -n)|$machine|$boot|$space"
}

# Whether ids of processes mean on the whole machine what they mean here. A container may have its other names from its image, and many have the same ones.
is_no_container() {
  case $1 in one | "pid:[4026531836]") return 0 ;; *) return 1 ;; esac
}

# What is known of the holder that a link's text names: verdict is dead, alive or unseen; holder says who it is, unseen_for why it cannot be seen.
judge() {
  local IFS='|' pid start host machine boot space user since here
  here=$(whereabouts)
  set -f
  # shellcheck disable=SC2086
  set -- $1
  pid=${1:-} start=${2:-} host=${3:-} machine=${4:-} boot=${5:-} space=${6:-} user=${7:-} since=${8:-}
  [ $# -lt 8 ] || shift 8
  verdict=unseen holder="pid $pid since $since ($*, user $user, host $host)" unseen_for="" holder_pid=$pid
  case $pid in "" | *[!0-9]*) since="" ;; esac
  # shellcheck disable=SC2086
  set -- $here
  set +f
  if [ -z "$since" ]; then
    holder="a holder that it does not name" unseen_for="an older ./platform or another program made the lock"
  elif [ -n "$boot" ] && [ "$boot|$space" = "${3:-}|${4:-}" ] && { [ -n "$space" ] || [ "$host" = "${1:-}" ]; }; then
    verdict=alive
    # The id may have been given to another process since, which began at another time.
    if ! find_process "$pid" || { [ -n "$start" ] && [ -n "$process_start" ] && [ "$start" != "$process_start" ]; }; then verdict=dead; fi
  elif [ -n "$boot" ] && [ "$boot" = "${3:-}" ]; then
    unseen_for="it runs in another container of this machine"
  elif [ -n "$machine" ] && [ "$host|$machine|$space" = "${1:-}|${2:-}|${4:-}" ] && is_no_container "$space"; then
    # This machine has been started anew since.
    verdict=dead
  else
    unseen_for="it runs on another machine, or in a container of one"
  fi
}

# Says why nothing can be written into .platform, by what the system said of the attempt.
cannot_write() {
  local reason=${1##*: } owner fix
  case $reason in
    *"No space left"* | *quota*) fix="Make room and run the same command again: 'df -h' shows where." ;;
    *"Read-only"*) fix="Work in a clone of your own: git clone '$root'" ;;
    *)
      owner=$(find "$state" "$root" -prune -exec ls -ld {} + 2>/dev/null | awk '{ print $3; exit }' || true)
      reason="$reason${owner:+ (its owner is $owner, you are $(id -un 2>/dev/null || id -u))}"
      fix="Work in a clone of your own (git clone '$root'), or make this one yours: sudo chown -R \"\$(id -un)\" '$root'"
      ;;
  esac
  fail "./platform cannot write in $state, where it keeps what it has built: ${reason:-the system does not say why}." "$fix"
}

# Takes the lock, or waits for it for PLATFORM_LOCK_TIMEOUT seconds at most.
lock() {
  [ -z "$lock_text" ] || return 0
  local limit=${PLATFORM_LOCK_TIMEOUT:-600} began="" next=0 said waited
  case $limit in *[!0-9]*) fail "PLATFORM_LOCK_TIMEOUT is '$limit' in the environment: allowed are whole seconds, for example 600." ;; esac
  said=$(LC_ALL=C mkdir -p "$state" 2>&1) || cannot_write "$said"
  [ -w "$state" ] || cannot_write "$(LC_ALL=C touch "$state/lock.try" 2>&1 || true)"
  if [ -e "$lock_file" ] && [ ! -L "$lock_file" ]; then
    fail "$lock_file is a file or folder, where this script makes a link: who holds the lock is unknown." \
      "Make sure that nothing builds in this clone, then remove it: rm -r '$lock_file'"
  fi
  find_process $$ || true
  trap 'end_builder; unlock' EXIT
  lock_text="$$|$process_start|$(whereabouts)|$(id -un 2>/dev/null || id -u)|$(date '+%Y-%m-%d %H:%M:%S %z')|./platform $command"
  until said=$(LC_ALL=C ln -sn "$lock_text" "$lock_file" 2>&1); do
    case $said in *"File exists"*) ;; *) cannot_write "$said" ;; esac
    judge "$(readlink "$lock_file" 2>/dev/null || true)"
    [ -L "$lock_file" ] || continue
    # From when it was first found held: SECONDS may tick between two commands, and who waits for a second is told what for
    began=${began:-$SECONDS}
    waited=$((SECONDS - began))
    [ "$waited" -lt "$limit" ] || give_up "$waited"
    if [ "$verdict" = dead ]; then
      remove_dead
      continue
    fi
    if [ "$waited" -ge "$next" ]; then
      tell_of_waiting "$((limit - waited))"
      next=$((waited + (waited < 30 ? 10 : 60)))
    fi
    sleep 0.2
  done
}

unlock() {
  [ -n "$lock_text" ] || return 0
  [ "$(readlink "$lock_file" 2>/dev/null)" != "$lock_text" ] || rm -f "$lock_file"
  lock_text=""
}

# Removes the link of a holder that is gone. Two who find it must not both remove it, for the slower one would remove what the faster one has made by then:
# only who has made a second link removes the first, and looks at it again before.
remove_dead() {
  if ! ln -sn "$$" "$lock_file.removal" 2>/dev/null; then
    sleep 0.2
    return
  fi
  judge "$(readlink "$lock_file" 2>/dev/null || true)"
  [ "$verdict" != dead ] || rm -f "$lock_file"
  rm -f "$lock_file.removal"
}

tell_of_waiting() {
  if [ -n "$unseen_for" ]; then
    tell "Waiting for the build lock, $1 s at most. It is held by $holder; whether that still builds cannot be seen from here: $unseen_for." \
      "If it does not:  rm -f '$lock_file'"
  else
    tell "Waiting for another ./platform to end its build, $1 s at most: locked by $holder ..."
  fi
}

# The waiting has an end: says how to go on.
give_up() {
  local removal=""
  [ ! -L "$lock_file.removal" ] || removal=" '$lock_file.removal'"
  if [ "$verdict" = dead ]; then
    tell "The build lock is left over from $holder, which is gone, and could not be removed within $1 s." "Remove it: rm -f '$lock_file'$removal"
  elif [ -n "$unseen_for" ]; then
    tell "The build lock is held after $1 s by $holder. Whether that still builds cannot be seen from here: $unseen_for." \
      "Make sure that nothing builds in this clone, then remove the lock: rm -f '$lock_file'$removal"
  else
    tell "The build lock is held after $1 s: locked by $holder." \
      "Wait longer (PLATFORM_LOCK_TIMEOUT=3600), or end that build: kill $holder_pid"
  fi
  exit 9
}
