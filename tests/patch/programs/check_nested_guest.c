/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* Of the checks those of nested guests only, for kvm_intel.nested_early_check=1. Arguments as check_leaves.
 */
#include "../checks/checks.h"
#include "../checks/groups.h"

int main(int argc, char** argv) {
    read_subject(argc, argv);
    check_nested();
    return end_checks();
}
