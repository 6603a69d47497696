// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/find.h"

#include "devices/firmware_config.h"
#include "devices/interrupt_controller.h"
#include "devices/interval_timer.h"
#include "devices/pci.h"
#include "devices/serial_port.h"

namespace exitscope::devices {

model::Devices find_devices() {
    using model::Device;
    model::Devices found;
    found.set(Device::interrupt_controller, has_interrupt_controller());
    found.set(Device::interval_timer, has_interval_timer());
    found.set(Device::serial_port, has_serial_port());
    found.set(Device::pci, has_pci());
    found.set(Device::firmware_config, has_firmware_config());
    return found;
}

}  // namespace exitscope::devices
