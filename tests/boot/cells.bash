# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Cells of a matrix: each is a boot of the guest kernel under QEMU TCG, as many side by side as there are processors. A test calls
# `cell` for each and `end_cells` at its end. Loaded by them; they set the variable root.
# shellcheck disable=SC2034,SC2154

# What most cells hand over by a loader's command line. Both workloads are there only if all of it comes.
listed='list workloads=cpuid,empty'
ovmf=/usr/share/ovmf/OVMF.fd

# cell NAME STATUS PATTERN ARGUMENT...: QEMU ends with STATUS, and in what the guest prints PATTERN (of grep -E) matches one line.
# The usual arguments come before these; `--bare` in front of them: neither console nor isa-debug-exit.
cell() {
    while (($(jobs -rp | wc -l) >= $(nproc))); do
        wait -n || true
    done
    mkdir -p "$BATS_TEST_TMPDIR/cells"
    : >"$BATS_TEST_TMPDIR/cells/$1"
    boot_cell "$@" 3>&- &
}

boot_cell() {
    local name=$1 expected=$2 pattern=$3 folder arguments status=0
    shift 3
    folder=$(mktemp -d "$BATS_TEST_TMPDIR/cell.XXXXXX")
    mapfile -t arguments < <("$root/lab/qemu-arguments" accelerator="${accelerator:-tcg}" serial="$folder/serial")
    if [[ $1 == --bare ]]; then
        shift
        mapfile -t arguments < <(printf '%s\n' "${arguments[@]}" | sed '/^-serial$/,+1d; /^-device$/,+1d')
    fi
    timeout 120 qemu-system-x86_64 "${arguments[@]}" "$@" >"$folder/log" 2>&1 || status=$?
    # Some models make a QEMU abort by an assertion of its own (YongFeng-v3, 11.1); nothing is to be learned there of the guest.
    if [[ ${may_abort:-no} == yes && $status -eq 134 ]] && grep -q 'Assertion .* failed' "$folder/log"; then
        echo "# $name is skipped: $(grep 'Assertion' "$folder/log")" >>"$BATS_TEST_TMPDIR/skipped"
        return
    fi
    [[ $status -eq $expected && $(grep -a -c -E "$pattern" "$folder/serial") -eq 1 ]] ||
        { echo "$name: status $status"; cat "$folder/log"; tail -n 5 "$folder/serial"; } >"$BATS_TEST_TMPDIR/cells/$name"
    [[ -s $BATS_TEST_TMPDIR/cells/$name ]] || rm -rf "$folder"
}

end_cells() {
    wait
    [[ ! -e $BATS_TEST_TMPDIR/skipped ]] || cat "$BATS_TEST_TMPDIR/skipped" >&3
    [[ -n $(ls "$BATS_TEST_TMPDIR/cells") ]]
    cat "$BATS_TEST_TMPDIR"/cells/*
    [[ -z $(cat "$BATS_TEST_TMPDIR"/cells/*) ]]
}

# make_iso LOADER APPEND: prints the ISO's path; the same one again is there from the first time on.
make_iso() {
    local iso
    iso=$BATS_FILE_TMPDIR/$1-$(cksum <<<"$2" | cut -d ' ' -f 1).iso
    [[ -e $iso ]] || "$root/scripts/make-iso" --loader "$1" "$GUEST" "$iso" "$2" >&2
    echo "$iso"
}
