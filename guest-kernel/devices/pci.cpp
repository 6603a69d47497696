// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/pci.h"

#include "arch/port.h"

namespace exitscope::devices {

namespace {

constexpr unsigned device_count = 32;

// Source: PCI Local Bus Specification 3.0, 3.2.2.3.2, "Software Generation of Configuration Transactions".
void select(PciFunction function, std::uint8_t offset) {
    arch::out32(arch::Port::pci_address, 1U << 31 | static_cast<std::uint32_t>(function) | offset);
}

}  // namespace

bool has_pci() {
    constexpr std::uint32_t enabled = 1U << 31;
    arch::out32(arch::Port::pci_address, enabled);
    return arch::in32(arch::Port::pci_address) == enabled;
}

std::uint32_t read_pci(PciFunction function, std::uint8_t offset) {
    select(function, offset);
    return arch::in32(arch::Port::pci_data);
}

void write_pci(PciFunction function, std::uint8_t offset, std::uint32_t value) {
    select(function, offset);
    arch::out32(arch::Port::pci_data, value);
}

PciFunction find_pci_function(std::uint32_t vendor_and_device) {
    for (unsigned device = 0; device < device_count; ++device) {
        const auto function = static_cast<PciFunction>(device << 11);
        if (read_pci(function, 0) == vendor_and_device)
            return function;
    }
    return PciFunction::none;
}

}  // namespace exitscope::devices
