// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The guest kernel as a hypervisor: it has a guest of its own, which executes a program of program.h
// on the kernel's page tables, with interrupts off.
//
// Three parties share a processor then, and the counters see one of the seams: every exit to KVM, be it of
// the hypervisor or of its guest. An exit of the nested guest goes to KVM first, which handles it alone or
// hands it to the hypervisor; to get back, the hypervisor executes an instruction that exits to KVM as well.

#include <cstdint>
#include <string_view>

#include "arch/nested/program.h"

namespace exitscope::arch {

/// What the hypervisor wants to see of its guest, beside CPUID, HLT, hypercalls, interrupts and a shutdown.
struct NestedControls {
    bool ports = false;
    bool msrs = false;
    bool undefined_opcodes = false;
    bool page_faults = false;
    /// The guest's physical addresses are translated once more: by NPT or EPT of the hypervisor, which maps
    /// the first GiB to itself in pages of 2 MiB.
    bool own_paging = false;
};

/// Becomes a hypervisor with a guest; returns what is missing, empty if nothing.
///
/// Exits: some; to be called outside a window.
[[nodiscard]] std::string_view start_hypervisor(const NestedControls& controls);

/// Has the guest's physical addresses of the 2 MiB with `address` mapped by pages of 4 KiB, none of which is
/// there at first. To be called after `start_hypervisor`. Exits: some, outside a window.
void split_nested_mapping(std::uint64_t address);

/// Maps the page of 4 KiB with `address` to itself, in the table of `split_nested_mapping`.
///
/// Exits: one nested fault of the hypervisor where KVM has protected the table against it.
void map_nested_page(std::uint64_t address);

/// Undoes `start_hypervisor`. A guest that the processor did not enter is remembered as a missed event.
///
/// Exits: some; to be called outside a window.
void stop_hypervisor();

/// Sets where the guest goes on. Exits: none under SVM; VMX one VMWRITE, unless a shadow VMCS takes it.
void set_nested_entry(NestedProgram program);

/// Has the guest go on behind the CPUID for which it left.
///
/// Exits: none under SVM; VMX three VMREADs and a VMWRITE, unless a shadow VMCS takes them.
void skip_nested_instruction();

/// Lets the guest execute until it leaves to the hypervisor. A guest that cannot be entered is remembered as
/// a missed event.
///
/// Exits: VMRUN or VMRESUME; that of the instruction for which the guest leaves; those that KVM handles
/// alone.
void enter_nested(std::uint64_t argument = 0);

/// Has the next entry deliver an interrupt to the guest. Exits: as `set_nested_entry`.
void inject_into_nested(std::uint8_t vector);

}  // namespace exitscope::arch
