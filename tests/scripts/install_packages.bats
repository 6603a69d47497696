# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/install-packages on a machine that is played: fake apt-get, apt-cache, dpkg-query and sudo, nothing else of apt on PATH.

setup() {
    checkout=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    root=$BATS_TEST_TMPDIR/root
    machine=$BATS_TEST_TMPDIR/machine
    mkdir -p "$root/scripts/lib" "$root/lab/lib" "$machine/bin"
    cp "$checkout/scripts/install-packages" "$root/scripts"
    cp "$checkout/lab/lib/kernel-table.sh" "$root/lab/lib"
    cat >"$root/scripts/lib/packages.txt" <<'LIST'
# use package
build g++
lab make make
lab:ept=1,ept=0 bochs bochs-bin
test:lint,fuzz clang other-1=clang-14
test bats
browser chromium
LIST
    cat >"$root/lab/lib/kernel-table.sh" <<'TABLE'
this_distribution() { echo other-1; }
kernel_names() { printf '%s\n' 6.1 6.12 7.3; }
kernels_here() { printf '%s\n' 6.1 6.12; }
default_kernel() { echo 6.1; }
kernel_packages() { echo "linux-headers-$1"; }
TABLE
    for tool in awk bash cat chmod cp dirname env grep mktemp paste rm sed sort tail touch wc; do
        ln -s "$(command -v $tool)" "$machine/bin"
    done
    cp -r "$BATS_TEST_DIRNAME/fake-apt/." "$machine/bin"
    export MACHINE=$machine
    known g++ make bochs clang-14 bats chromium linux-headers-6.1 linux-headers-6.12
    touch "$machine"/{installed,log,network}
}

# known NAME...: the packages that the machine's sources have.
known() {
    printf '%s\n' "$@" >"$machine/known"
}

# install STATUS [OPTION...]: what it says has to be what stands on standard input, to the letter.
install() {
    local expected=$1
    shift
    run env -i PATH="$machine/bin" MACHINE="$machine" TMPDIR="$BATS_TEST_TMPDIR" "${as[@]}" "$root/scripts/install-packages" "$@"
    echo "$status: $output"
    [ "$status" -eq "$expected" ]
    diff <(cat) <(echo "$output")
}

# installed NAME...: exactly these are on the machine.
installed() {
    diff <(sort "$machine/installed") <(for name; do echo "$name"; done)
}

# Not root, whoever runs this.
ordinary_user() {
    chmod -R a+rwX "$BATS_TEST_TMPDIR"
    chmod a+rx "$BATS_RUN_TMPDIR" "$(dirname "$BATS_TEST_TMPDIR")"
    ((EUID != 0)) || as=("$(command -v setpriv)" --reuid=65534 --regid=65534 --clear-groups)
}

@test "what is missing is installed, under the name that it has here, and nothing the next time" {
    install 0 --test <<<'Installing 7 Debian packages: bats bochs clang-14 g++ linux-headers-6.1 linux-headers-6.12 make'
    installed bats bochs clang-14 g++ linux-headers-6.1 linux-headers-6.12 make
    : >"$machine/log"
    install 0 --test <<<''
    [ ! -s "$machine/log" ]
}

@test "everything is downloaded before anything is changed" {
    install 0 <<<'Installing 4 Debian packages: bochs g++ linux-headers-6.1 make'
    diff "$machine/log" - <<'LOG'
update
download g++ make bochs linux-headers-6.1
install g++ make bochs linux-headers-6.1
LOG
}

@test "a package that does not exist: named with what needs it, nothing installed" {
    known make bats linux-headers-6.1
    install 1 --test <<'TEXT'
Installing 7 Debian packages: bats bochs clang-14 g++ linux-headers-6.1 linux-headers-6.12 make
install-packages: other-1 has no package of the name
  g++                            needed for everything
  bochs                          needed for ept=1, ept=0
  clang-14                       needed for scripts/test --label lint, fuzz
  linux-headers-6.12             needed for --l1 6.12
install-packages: nothing was installed; with --setting only what those settings need is wanted
TEXT
    installed
    diff "$machine/log" - <<<'update'
}

@test "a name that is a pattern of another one is not taken for it" {
    known g++ make bochs linux-headers-6.12
    install 1 <<'TEXT'
Installing 4 Debian packages: bochs g++ linux-headers-6.1 make
install-packages: other-1 has no package of the name
  linux-headers-6.1              needed for --l1 6.1
install-packages: nothing was installed; with --setting only what those settings need is wanted
TEXT
    installed
    # The fake takes it for one, as apt-get does.
    PATH=$machine/bin:$PATH apt-get install linux-headers-6.1
    installed linux-headers-6.12
}

@test "what only tests or kernels that were not asked for need does not stop the rest" {
    known g++ make bochs bats linux-headers-6.1
    install 0 --test --browser <<'TEXT'
Installing 8 Debian packages: bats bochs chromium clang-14 g++ linux-headers-6.1 linux-headers-6.12 make
install-packages: other-1 has no package of the name
  clang-14                       needed for scripts/test --label lint, fuzz
  chromium                       needed for scripts/test --label browser
  linux-headers-6.12             needed for --l1 6.12
TEXT
    installed bats bochs g++ linux-headers-6.1 make
    install 0 --test <<'TEXT'
Installing 2 Debian packages: clang-14 linux-headers-6.12
install-packages: other-1 has no package of the name
  clang-14                       needed for scripts/test --label lint, fuzz
  linux-headers-6.12             needed for --l1 6.12
TEXT
    install 1 --l1 6.12 <<'TEXT'
Installing 1 Debian packages: linux-headers-6.12
install-packages: other-1 has no package of the name
  linux-headers-6.12             needed for --l1 6.12
install-packages: nothing was installed; with --setting only what those settings need is wanted
TEXT
}

@test "the source of a kernel that this system has no package of is left to scripts/kernel-source" {
    sed -i 's/^kernel_packages.*/kernel_packages() { echo "linux-source-$1"; }/' "$root/lab/lib/kernel-table.sh"
    known g++ make bochs linux-source-6.12
    install 0 <<<'Installing 4 Debian packages: bochs g++ linux-source-6.1 make'
    installed bochs g++ make
    : >"$machine/log"
    install 0 <<<''
    [ ! -s "$machine/log" ]
    install 0 --l1 6.12 <<<'Installing 2 Debian packages: linux-source-6.1 linux-source-6.12'
    installed bochs g++ linux-source-6.12 make
}

@test "with --setting only what those settings need is wanted" {
    known g++ make linux-headers-6.1
    install 0 --setting npt=1 --setting npt=0 <<<'Installing 3 Debian packages: g++ linux-headers-6.1 make'
    install 1 --setting npt=1 --setting ept=0 <<'TEXT'
Installing 1 Debian packages: bochs
install-packages: other-1 has no package of the name
  bochs                          needed for ept=1, ept=0
install-packages: nothing was installed; with --setting only what those settings need is wanted
TEXT
}

@test "no network: one message, nothing installed" {
    rm "$machine/network"
    install 1 <<'TEXT'
Installing 4 Debian packages: bochs g++ linux-headers-6.1 make
install-packages: nothing was installed, apt-get update failed: E: Failed to fetch http://first/InRelease  Temporary failure resolving 'first'
TEXT
    installed
    diff "$machine/log" - <<<'update'
}

@test "one of several sources that does not answer is named, and the others serve" {
    touch "$machine/second-is-gone"
    install 0 <<'TEXT'
Installing 4 Debian packages: bochs g++ linux-headers-6.1 make
install-packages: apt-get update: E: Failed to fetch http://second/InRelease  404  Not Found
TEXT
    installed bochs g++ linux-headers-6.1 make
}

@test "a network that ends while packages are fetched: one message, nothing installed" {
    touch "$machine/second-is-gone" "$machine/packages-are-gone"
    install 1 <<'TEXT'
Installing 4 Debian packages: bochs g++ linux-headers-6.1 make
install-packages: apt-get update: E: Failed to fetch http://second/InRelease  404  Not Found
install-packages: nothing was installed, apt-get install failed: E: Failed to fetch http://first/g++.deb  404  Not Found
TEXT
    installed
}

@test "no root and no sudo: one message, apt-get is not called" {
    ordinary_user
    rm "$machine/bin/sudo"
    install 1 <<<'install-packages: sudo is missing; run as root: apt-get install bochs g++ linux-headers-6.1 make'
    [ ! -s "$machine/log" ]
}

@test "no root, and sudo refuses: one message, apt-get is not called" {
    ordinary_user
    touch "$machine/no-password"
    install 1 <<'TEXT'
Installing 4 Debian packages: bochs g++ linux-headers-6.1 make
install-packages: nothing was installed, apt-get update failed: sudo: a password is required
TEXT
    [ ! -s "$machine/log" ]
}

@test "no root, and sudo: installed" {
    ordinary_user
    install 0 <<<'Installing 4 Debian packages: bochs g++ linux-headers-6.1 make'
    installed bochs g++ linux-headers-6.1 make
}

@test "what apt-get says it installed is looked at" {
    touch "$machine/install-lies"
    install 1 <<'TEXT'
Installing 4 Debian packages: bochs g++ linux-headers-6.1 make
install-packages: apt-get install succeeded, and yet these are not installed
  linux-headers-6.1              needed for --l1 6.1
TEXT
    installed bochs g++ make
}

@test "without apt-get the names are listed" {
    rm "$machine/bin/apt-get"
    install 2 <<'TEXT'
This is no Debian. These Debian packages, or what they are called here, are needed:
  bochs
  g++
  linux-headers-6.1
  make
TEXT
}
