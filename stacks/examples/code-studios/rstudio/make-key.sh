#!/usr/bin/env bash
# make-key FOLDER: makes a key for git once, and prints its public half, which goes into the settings of the git server.
set -euo pipefail

mkdir -p "$1"
chmod 700 "$1"
[ -e "$1/id_ed25519" ] || ssh-keygen -q -t ed25519 -N '' -C "code studio" -f "$1/id_ed25519"
git config --global core.sshCommand "ssh -i $1/id_ed25519"
cat "$1/id_ed25519.pub"
