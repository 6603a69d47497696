// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A timer that wakes a processor which missed its interrupt before HLT.

namespace exitscope {

/// Arms this processor's timer, to interrupt once, 2 s from now.
///
/// Under QEMU TCG an interrupt of L1 between STI and HLT loses the guest's interrupt shadow: its VMRUN does
/// not load the VMCB's (helper_vmrun() in target/i386/tcg/sysemu/svm_helper.c). The pending interrupt then
/// comes before HLT, which would wait for ever. As this timer's interrupt is not ended before
/// `disarm_rescue_timer`, it costs the window nothing. Exits: WRMSR, outside a window.
void arm_rescue_timer();

/// Puts this processor's timer back as start_local_apic() set it. Exits: WRMSR, outside a window.
void disarm_rescue_timer();

}  // namespace exitscope
