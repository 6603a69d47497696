// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What QEMU tells firmware and kernels about the machine.

#include <cstdint>

namespace exitscope::devices {

/// Whether there is fw_cfg. Exits: I/O, two to five.
[[nodiscard]] bool has_firmware_config();

/// How many virtual CPUs QEMU started; 1 where the machine is not QEMU's.
///
/// Exits: I/O, some ten. Source: QEMU, docs/specs/fw_cfg.rst, "Register Locations", and FW_CFG_NB_CPUS in
/// include/standard-headers/linux/qemu_fw_cfg.h.
[[nodiscard]] std::uint32_t processor_count();

}  // namespace exitscope::devices
