# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The workloads that scripts/run measures if none are named: the README's table, in less than a minute in the lab.
# Sourced.

# shellcheck disable=SC2034 # for whoever sources this
chosen_workloads=cpuid,rdtsc,int3,ud2,port_in,port_out,rdmsr,rdmsr_tsc,rdmsr_lstar,wrmsr,wrmsr_no_exit,cr0_wp_toggle,cr3_write
chosen_workloads+=,cr4_pge_toggle,hlt,nmi_window,tsc_deadline_far,guest_page_fault,invlpg,page_first_read_write,page_first_touch
chosen_workloads+=,page_map_touch,page_second_touch,page_table_write,mmio_first_read,mmio_read
