/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What EAX holds at the entry, by which the boot protocol is known; boot/headers.S puts PVH's there. Macros,
 * as assembly includes it, too.
 *
 * Source: "Multiboot Specification version 0.6.96", "Machine state"; "Multiboot2 Specification version 2.0",
 * "I386 machine state"; Xen, xen/include/public/arch-x86/hvm/start_info.h, XEN_HVM_START_MAGIC_VALUE.
 */
#define LOADER_MAGIC_MULTIBOOT_1 0x2badb002
#define LOADER_MAGIC_MULTIBOOT_2 0x36d76289
#define LOADER_MAGIC_PVH 0x336ec578
