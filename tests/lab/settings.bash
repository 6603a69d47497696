# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Which settings a test of the lab is for: those of EXITSCOPE_TEST_SETTINGS (default: all), of them those of the instruction set
# EXITSCOPE_TEST_ISA (vmx, svm; default: both). ctest runs long tests once for each instruction set, as each takes one processor.

# Prints the L1 kernel that tests use which are not about that.
small_kernel() {
    # shellcheck source=lab/lib/kernel-table.sh
    (. "$BATS_TEST_DIRNAME/../../lab/lib/kernel-table.sh" && small_kernel)
}

# Prints the settings, in one line.
settings() {
    local setting chosen=()
    for setting in ${EXITSCOPE_TEST_SETTINGS:-ept=1 ept=0 npt=1 npt=0}; do
        [[ ${EXITSCOPE_TEST_ISA:-}-$setting == @(vmx-npt|svm-ept)* ]] || chosen+=("$setting")
    done
    echo "${chosen[*]}"
}

# settings_of vmx|svm: prints those of one instruction set, in one line.
settings_of() {
    local setting chosen=()
    for setting in $(settings); do
        [[ $1-$setting != @(vmx-ept|svm-npt)* ]] || chosen+=("$setting")
    done
    echo "${chosen[*]}"
}
