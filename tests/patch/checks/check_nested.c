/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
#include "checks.h"
#include "groups.h"

void check_nested(void) {
    if (subject.is_vmx)
        check_nested_vmx();
    else
        check_nested_svm();
}
