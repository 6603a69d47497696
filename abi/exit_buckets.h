/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* SPDX-FileCopyrightText: The exitscope authors */
/*
 * One bucket for each reason for which hardware ends a guest's run, the same for VMX and SVM: how the statistic hw_exits of
 * kvm-patch/upstream and the trace counter number them. Numbers only.
 *
 * VMX basic exit reasons and SVM exit codes below 0x100 are their own bucket.
 */
#ifndef EXITSCOPE_EXIT_BUCKETS_H
#define EXITSCOPE_EXIT_BUCKETS_H

#define EXIT_BUCKET_NPF 0x100      /* SVM exit codes from 0x400 on, sixteen of them */
#define EXIT_BUCKET_NEGATIVE 0x110 /* SVM exit codes from -1 down, sixteen of them */
#define EXIT_BUCKET_OTHERS 0x120   /* all others */
#define EXIT_BUCKETS 0x121

#define EXIT_BUCKET_FIRST_NPF_CODE 0x400

#endif
