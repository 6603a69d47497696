// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the nested guest executes: one instruction each, then the hypercall that gives the turn back to the
// hypervisor. In program.S.

namespace exitscope::arch {

extern "C" {
void nested_cpuid();
void nested_halt();
void nested_port_out();    ///< Port 0x80.
void nested_rdmsr();       ///< The argument is the MSR's number.
void nested_wrmsr();       ///< The same.
void nested_undefined();   ///< UD2.
void nested_write();       ///< Writes a byte to the argument.
void nested_invlpg();      ///< The argument is the linear address.
void nested_write_cr3();   ///< The argument is the value.
void nested_cpuid_loop();  ///< CPUID for ever.
void nested_call();        ///< The hypercall alone.
}

/// Where a nested guest begins; never called.
using NestedProgram = void (*)();

}  // namespace exitscope::arch
