// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A hypervisor by SVM: what hypervisor.h says, and what is SVM's alone.

#include <cstdint>
#include <string_view>

#include "arch/nested/hypervisor.h"

namespace exitscope::arch::svm {

/// Present, writable, user (nested walks are those of a user), accessed, dirty: an entry that leads on, or
/// maps 4 KiB; and one that maps 2 MiB. Source: AMD APM vol. 2, "Nested Page Tables".
inline constexpr std::uint64_t table_entry = 0x67;
inline constexpr std::uint64_t page_entry = 0x67;
inline constexpr std::uint64_t large_page_entry = 0xe7;

/// Secure virtual machine enable.
inline constexpr std::uint64_t efer_svme = 1U << 12;

/// Sets or clears EFER.SVME. Exits: MSR, one or two.
void set_svme(bool enable);

/// Exits: as of hypervisor.h.
[[nodiscard]] std::string_view start(const NestedControls& controls);
void stop();
void set_entry(NestedProgram program);
void skip_instruction();
void enter(std::uint64_t argument);
void inject(std::uint8_t vector);

/// Makes the control block one that VMRUN refuses: its guest has no address space (ASID 0). Exits: none.
void spoil_control_block();

/// Executes VMRUN with whatever the control block holds. Exits: VMRUN, and whatever the guest does.
void enter_as_it_is();

/// Whether the last VMRUN was refused. Exits: none.
[[nodiscard]] bool was_refused();

}  // namespace exitscope::arch::svm
