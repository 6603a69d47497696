# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The recipes of CONTRIBUTING.md, done in a copy of the checkout in which every change is seen.

# make_copy FOLDER: all files of the checkout, committed.
make_copy() {
    local checkout
    checkout=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    mkdir -p "$1"
    git -C "$checkout" ls-files -co --exclude-standard | (cd "$checkout" && xargs ls -d 2>/dev/null) |
        tar -C "$checkout" -c -T - | tar -C "$1" -x
    git -C "$1" init --quiet
    commit_copy "$1"
}

# commit_copy FOLDER: what is changed is part of the checkout from now on.
commit_copy() {
    git -C "$1" add --all --force
    git -C "$1" -c user.name=recipes -c user.email=recipes@invalid commit --quiet --message copy
}

# touched FOLDER: `LINES PATH` for each file added or changed since, with the lines added and taken away: `+1-0 lab/kernels`.
touched() {
    git -C "$1" add --all --force
    git -C "$1" diff --cached --no-renames --numstat | sed 's/^\([0-9]*\)\t\([0-9]*\)\t/+\1-\2 /'
}

# recipe TITLE [NUMBER]: the commands and lines to type in the recipe's code blocks, or those of one block from 1.
recipe() {
    sed -n "/^## $1\$/,/^## /p" "$BATS_TEST_DIRNAME/../../CONTRIBUTING.md" |
        awk -v wanted="${2:-0}" '/^ *```/ { inside = !inside; block += inside; next } inside && (!wanted || block == wanted)' |
        sed 's/^   //'
}
