/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Which large pieces of memory the kernel allocated and did not free, by its kmalloc and kfree events.
 */
#pragma once

/* Wants tracefs in /sys/kernel/tracing. Pieces of more than 4096 bytes are looked at. */
void kmalloc_trace_begin(void);

struct kmalloc_balance {
    unsigned int allocated, lost;
};

/* Since kmalloc_trace_begin(). */
struct kmalloc_balance kmalloc_trace_end(void);
