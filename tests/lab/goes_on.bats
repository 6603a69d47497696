# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# A first run that is interrupted while it builds goes on where it was. The cache is empty at first; nothing is built to its
# end here, so this takes less than a minute.

load settings

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
}

# build_until COUNT: ends lab/build-kernel once its log has so many compiled files.
build_until() {
    "$root/lab/build-kernel" --l1 "$(small_kernel)" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
    builder=$!
    until (($(cat "$XDG_CACHE_HOME"/exitscope/lab-kernel/*.partial/build.log 2>/dev/null | grep -c '^  CC ') >= $1)); do
        kill -0 "$builder" || { cat "$BATS_TEST_TMPDIR/said" && false; }
        sleep 0.1
    done
    kill -TERM "$builder"
    status=0
    wait "$builder" || status=$?
    [ "$status" -eq 143 ]
}

# The kernel's own objects that are complete, with their times.
objects() {
    (cd "$XDG_CACHE_HOME"/exitscope/lab-kernel/*.partial/build && find init kernel mm fs lib drivers arch -name '*.o' -printf '%p %T@ %i\n' | sort)
}

@test "a kernel's build that was interrupted neither unpacks nor compiles again what it had" {
    build_until 40
    objects >"$BATS_TEST_TMPDIR/before"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/before")" -gt 20 ]
    build_until 80
    objects >"$BATS_TEST_TMPDIR/after"
    [ -z "$(comm -23 "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after")" ]
    [ "$(wc -l <"$BATS_TEST_TMPDIR/after")" -gt "$(wc -l <"$BATS_TEST_TMPDIR/before")" ]
    [ -z "$(grep unpacking "$BATS_TEST_TMPDIR/said")" ]
}
