# Help, completion and mistyped words of ./platform, which reads this file: all of it is in docs/cli.md, so that none of it needs a build.
# shellcheck shell=bash disable=SC2154

# What docs/cli.md says of the command $*: it is made of what reads the command line (./platform docs), so help needs no build.
help_of() {
  awk -v heading="## $*" '
    $0 == heading { found = 1 }
    found && /^```/ { if (printing) exit; printing = 1; next }
    printing' "$root/docs/cli.md"
}
commands() { sed -n 's/^## \([a-z]\)/\1/p' "$root/docs/cli.md"; }
is_command() { commands | grep -qxF -- "$*"; }
options_of() { help_of "$@" | grep -oE '^  (-[a-zA-Z], )*--?[a-z][-a-z]*' | grep -oE -- '-[-a-zA-Z]+'; }

# "Did you mean 'x'? " for the most similar of the lines on the input, where one is near enough to be meant: letters left out, added, changed or swapped.
did_you_mean() {
  awk -v given="$1" '
    function least(a, b) { return a < b ? a : b }
    function distance(a, b,    i, j) {
      for (i = 0; i <= length(a); i++) d[i, 0] = i
      for (j = 0; j <= length(b); j++) d[0, j] = j
      for (i = 1; i <= length(a); i++) for (j = 1; j <= length(b); j++) {
        d[i, j] = least(least(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (substr(a, i, 1) != substr(b, j, 1)))
        if (i > 1 && j > 1 && substr(a, i, 1) == substr(b, j - 1, 1) && substr(a, i - 1, 1) == substr(b, j, 1)) d[i, j] = least(d[i, j], d[i - 2, j - 2] + 1)
      }
      return d[length(a), length(b)]
    }
    length($0) > 2 { n = distance(given, $0); longest = length(given) > length($0) ? length(given) : length($0) }
    length($0) > 2 && (n <= 2 || n <= int(longest / 3)) && (best == "" || n < fewest) { best = $0; fewest = n }
    END { if (best != "") printf "Did you mean \047%s\047? ", best }'
}

# Prints the help of a command, or of the one below it that the next word names; of all where there is none.
help() {
  local path=./platform word words=()
  for word in "$@"; do
    case $word in -*) ;; *) words+=("$word") ;; esac
  done
  [ ${#words[@]} = 0 ] || path=${words[0]}
  if [ ${#words[@]} -gt 1 ] && is_command "$path ${words[1]}"; then path="$path ${words[1]}"; fi
  [ ${#words[@]} = 0 ] || is_command "$path" || fail "There is no command '$path'." "$(commands | did_you_mean "$path")See './platform help'."
  say "$(help_of "$path")"
}

# What stands behind -- belongs to another command.
asks_for_help() {
  local word
  for word in "$@"; do
    case $word in --) return 1 ;; -h | --help) return 0 ;; esac
  done
  return 1
}

# Refuses, before anything is built, the options that the command $1 does not have, and with $2 = 0 words that it does not take.
check_words() {
  local path=$1 takes=$2 known word
  shift 2
  known=$(options_of "$path")
  for word in "$@"; do
    case $word in
      --) return ;;
      - | [!-]*) [ "$takes" != 0 ] || [ "$word" = - ] || fail "'./platform $path' takes no further word, and there is '$word'." "See './platform $path --help'." ;;
      *)
        word=${word%%=*}
        case $word in -[!-]*) word=${word:0:2} ;; esac
        grep -qxF -- "$word" <<<"$known" || fail "There is no option '$word' of './platform $path'." \
          "$(did_you_mean "$word" <<<"$known")See './platform $path --help'."
        ;;
    esac
  done
}

completion() {
  case ${1:-} in
    bash | zsh | fish | powershell) say "$(cat "$root/docs/completion/platform.$1")" ;;
    pwsh) completion powershell ;;
    *) fail "'./platform completion' needs the name of a shell: bash, zsh, fish or powershell." ;;
  esac
}
