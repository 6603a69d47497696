# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/install-packages with a Debian system's own apt: what scripts/lib/packages.txt names is there, and what cannot be installed is
# refused at once, with nothing changed. Needs root, debootstrap, a network, and SUITE (set by ctest).

# in_system OPTION... COMMAND...
in_system() {
    run "$BATS_TEST_DIRNAME/in-system" "$SUITE" "$@"
    echo "$status: $output"
}

# Debian packages that dpkg has, as a number.
packages='dpkg-query -f . -W | wc -c'

@test "every name of the list is a package's" {
    in_system --fresh bash -c '
        mkdir /tmp/bin
        echo "[ \"\$*\" = \"\${*#*update}\" ] && exit 1; exec /usr/bin/apt-get \"\$@\"" >/tmp/bin/apt-get
        chmod +x /tmp/bin/apt-get
        PATH=/tmp/bin:$PATH scripts/install-packages --test --browser'
    [ "$status" -eq 1 ]
    [[ $output == 'Installing '*' Debian packages: '*$'\ninstall-packages: nothing was installed, apt-get install failed: ' ]]
}

@test "a name that does not exist, and one that apt-get takes for a pattern" {
    in_system --fresh bash -c "$packages; apt-get -s install libelf.dev | grep -c '^Inst libelf-dev'
        printf '%s\n' 'lab libelf.dev' 'test:lint no-such-package' >>scripts/lib/packages.txt
        scripts/install-packages --test; echo \$?; $packages"
    [ "$status" -eq 0 ]
    mapfile -t lines <<<"$output"
    [ "${lines[1]}" -eq 1 ]
    [[ ${lines[2]} == 'Installing '*' Debian packages: '* ]]
    [[ ${lines[3]} == 'install-packages: debian-'*' has no package of the name' ]]
    [ "${lines[4]}" = '  libelf.dev                     needed for the lab' ]
    [ "${lines[5]}" = '  no-such-package                needed for scripts/test --label lint' ]
    [ "${lines[6]}" = 'install-packages: nothing was installed; with --setting only what those settings need is wanted' ]
    [ "${lines[7]} ${lines[8]}" = "1 ${lines[0]}" ]
    [ "${#lines[@]}" -eq 9 ]
}

@test "without a network one message, and soon" {
    in_system --fresh --offline bash -c "$packages; SECONDS=0; scripts/run; echo \$?; $packages; echo \$((SECONDS < 10))"
    mapfile -t lines <<<"$output"
    [[ ${lines[1]} == 'Installing '*' Debian packages: '* ]]
    [[ ${lines[2]} == 'install-packages: nothing was installed, apt-get update failed: E: Failed to fetch '*" Temporary failure resolving '"*"'" ]]
    [ "${lines[3]} ${lines[4]} ${lines[5]}" = "2 ${lines[0]} 1" ]
    [ "${#lines[@]}" -eq 6 ]
}

@test "without root and sudo one message" {
    in_system --fresh --user scripts/run
    [ "$status" -eq 2 ]
    [[ $output == 'install-packages: sudo is missing; run as root: apt-get install '* ]]
    [[ $output != *$'\n'* ]]
}
