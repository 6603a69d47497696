# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# CONTRIBUTING.md's recipe for an exit reason: one line and its copy in each series. Needs g++ and git.

load recipes

setup() {
    copy=$BATS_TEST_TMPDIR/copy
    make_copy "$copy"
}

# The recipe, for a reason that is called brand_new.
add_reason() {
    local line command
    line=$(recipe 'An exit reason' 1) command=$(recipe 'An exit reason' 2)
    sed -i "/^EXIT_REASON_VMX(85, /a ${line/NAME/brand_new}" "$copy/abi/exit_reasons.def"
    [ "$command" = kvm-patch/copy-abi ]
    (cd "$copy" && $command)
}

@test "an exit reason is one line, and one in each series" {
    add_reason
    expected=$(echo '+1-0 abi/exit_reasons.def' && cd "$copy" && for patch in kvm-patch/[0-9]*/0001-*.patch; do
        # Besides the line: the statistics of the file and of all, the file's hash and its length.
        echo "+5-4 $patch"
    done)
    diff <(touched "$copy" | sort) <(sort <<<"$expected")
}

@test "the model names the new reason and counts it" {
    add_reason
    cat >"$BATS_TEST_TMPDIR/name.cpp" <<'CPP'
#include <cstdio>

#include "model/count_table.h"
#include "model/reason_name.h"

using namespace exitscope::model;

int main() {
    CountTable counts{.isa = InstructionSet::vmx};
    counts.by_index[*index_of(counts.isa, 86)] = 7;
    std::printf("%s %d %d\n", name_of(counts.isa, 86).data(), int(VmxExitReason::brand_new), int(counts.of(86)));
}
CPP
    g++ -std=c++20 -I"$copy" -I"$copy/abi" -o "$BATS_TEST_TMPDIR/name" "$BATS_TEST_TMPDIR/name.cpp"
    [ "$("$BATS_TEST_TMPDIR/name")" = 'brand_new 86 7' ]
}

@test "each series applies as before, and its copies are the ABI" {
    add_reason
    for patch in "$copy"/kvm-patch/[0-9]*/0001-*.patch; do
        tree=$BATS_TEST_TMPDIR/${patch//\//-}
        git init --quiet "$tree"
        git -C "$tree" apply "$patch"
        cmp "$copy/abi/exit_reasons.def" "$tree/arch/x86/kvm/exit_reasons.def"
        cmp "$copy/abi/exit_counters.h" "$tree/arch/x86/kvm/exit_counters_abi.h"
    done
}

@test "the series of this checkout are as copy-abi writes them" {
    "$copy/kvm-patch/copy-abi" --check
    echo '/* more */' >>"$copy/abi/exit_counters.h"
    run "$copy/kvm-patch/copy-abi" --check
    [ "$status" -eq 1 ]
    [ "${#lines[@]}" -eq "$(find "$copy"/kvm-patch/[0-9]* -name '0001-*' | wc -l)" ]
    touched "$copy" | grep -x '+1-0 abi/exit_counters.h'
    run "$copy/kvm-patch/copy-abi" --wrong
    [ "$status" -eq 2 ]
}
