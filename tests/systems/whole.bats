# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# README's second command, scripts/test, in a Debian system. Needs root, debootstrap, a network, and SUITE (set by ctest).

@test "scripts/test" {
    begin=$SECONDS
    run "$BATS_TEST_DIRNAME/in-system" "$SUITE" scripts/test
    echo "$output"
    echo "# $SUITE: scripts/test took $((SECONDS - begin)) s" >&3
    [ "$status" -eq 0 ]
    [[ $output == *'100% tests passed, 0 tests failed out of '* ]]
}
