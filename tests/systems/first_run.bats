# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# README's first command in a Debian system: a new and minimal one, where everything is installed, built and measured, and once more
# when all is there. Says how long each took. Needs root, debootstrap, a network, and SUITE (set by ctest).

# first_command HOME OPTION...: runs the command there; each of the four settings has to pass, with all its workloads.
first_command() {
    local results=${XDG_CACHE_HOME:-$HOME/.cache}/exitscope/systems/$SUITE/root$1/exitscope/results begin=$SECONDS setting
    shift
    run "$BATS_TEST_DIRNAME/in-system" "$SUITE" "$@" scripts/run
    echo "$output"
    echo "# $SUITE: scripts/run took $((SECONDS - begin)) s: $BATS_TEST_DESCRIPTION" >&3
    [ "$status" -eq 0 ]
    for setting in ept=1 ept=0 npt=1 npt=0; do
        diff <(jq -r '.setting, .verdict, (.workloads | length)' "$results/$setting.json") <(printf '%s\n' $setting PASS 26)
    done
}

@test "a new system, an empty cache" {
    first_command /root --fresh
}

@test "everything is there" {
    first_command /root
}

@test "an ordinary user, packages installed, an empty cache" {
    first_command /home/tester --user
}
