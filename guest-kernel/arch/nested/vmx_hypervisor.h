// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A hypervisor by VMX: what hypervisor.h says, and what is VMX's alone.

#include <cstdint>
#include <string_view>

#include "arch/nested/hypervisor.h"
#include "arch/nested/vmcs_field.h"

namespace exitscope::arch::vmx {

/// Readable, writable, executable: an entry that leads on; with write-back memory one that maps 4 KiB, and
/// one that maps 2 MiB. Source: Intel SDM Vol. 3C, "EPT Translation Mechanism".
inline constexpr std::uint64_t table_entry = 0x07;
inline constexpr std::uint64_t page_entry = 0x37;
inline constexpr std::uint64_t large_page_entry = 0xb7;

/// Makes VMXON possible: CR4.VMXE, CR0.NE, IA32_FEATURE_CONTROL. Exits: some, outside a window.
void prepare_operation();

/// Takes back what `prepare_operation` did. Exits: some, outside a window.
void forget_operation();

/// Enters and leaves VMX operation. Exits: VMXON and VMXOFF, one each.
void enter_operation();
void leave_operation();

/// Enters VMX operation with an empty VMCS that is current. Exits: some, outside a window.
void load_empty_vmcs();

/// Makes the VMCS clear and current again, which the next entry launches. Exits: VMCLEAR and VMPTRLD, one
/// each.
void reload_vmcs();

/// Exits: VMREAD and VMWRITE, unless the field is in a shadow VMCS. Errors: 0, or nothing is written.
[[nodiscard]] std::uint64_t read(VmcsField field);
void write(VmcsField field, std::uint64_t value);

/// A region that is no current VMCS. Exits: none.
[[nodiscard]] std::uint64_t& spare_region();

/// The region of the current VMCS. Exits: none.
[[nodiscard]] std::uint64_t& current_region();

/// Lets the next entry be a VMLAUNCH, which a launched VMCS refuses; enters nothing. Exits: VMLAUNCH, one.
void launch_again();

/// Exits: as of hypervisor.h.
[[nodiscard]] std::string_view start(const NestedControls& controls);
void stop();
void set_entry(NestedProgram program);
void skip_instruction();
void enter(std::uint64_t argument);
void inject(std::uint8_t vector);

}  // namespace exitscope::arch::vmx
