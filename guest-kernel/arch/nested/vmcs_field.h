// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The fields of a VMCS that the hypervisor uses.

#include <cstdint>

namespace exitscope::arch {

/// Source: Intel SDM Vol. 3D, appendix "Field Encoding in VMCS".
enum class VmcsField : std::uint32_t {
    host_cs_selector = 0x0c02,
    host_tr_selector = 0x0c0c,
    guest_cs_selector = 0x0802,
    msr_bitmap = 0x2004,
    ept_pointer = 0x201a,
    link_pointer = 0x2800,
    pin_controls = 0x4000,
    processor_controls = 0x4002,
    exception_bitmap = 0x4004,
    exit_controls = 0x400c,
    entry_controls = 0x4012,
    entry_interruption = 0x4016,
    secondary_controls = 0x401e,
    exit_reason = 0x4402,
    instruction_length = 0x440c,
    guest_es_limit = 0x4800,
    guest_tr_limit = 0x480e,
    guest_gdtr_limit = 0x4810,
    guest_idtr_limit = 0x4812,
    guest_es_access = 0x4814,
    guest_cs_access = 0x4816,
    guest_ldtr_access = 0x4820,
    guest_tr_access = 0x4822,
    guest_cr0 = 0x6800,
    guest_cr3 = 0x6802,
    guest_cr4 = 0x6804,
    guest_gdtr_base = 0x6816,
    guest_idtr_base = 0x6818,
    guest_dr7 = 0x681a,
    guest_rsp = 0x681c,
    guest_rip = 0x681e,
    guest_rflags = 0x6820,
    host_cr0 = 0x6c00,
    host_cr3 = 0x6c02,
    host_cr4 = 0x6c04,
    host_gdtr_base = 0x6c0c,
    host_idtr_base = 0x6c0e,
    host_rsp = 0x6c14,
    host_rip = 0x6c16,
};

}  // namespace exitscope::arch
