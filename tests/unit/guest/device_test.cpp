// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "workloads/support/device.h"

#include <gtest/gtest.h>

namespace exitscope::workloads {
namespace {

TEST(DeviceTest, NoDeviceIsThereUntilItWasFound) {
    model::Devices devices;
    for (std::uint8_t number = 0; number < static_cast<std::uint8_t>(Device::count); ++number)
        EXPECT_FALSE(devices.has(static_cast<Device>(number)));
    devices.set(Device::interval_timer, true);
    EXPECT_TRUE(devices.has(Device::interval_timer));
    EXPECT_FALSE(devices.has(Device::interrupt_controller));
    devices.set(Device::interval_timer, false);
    EXPECT_FALSE(devices.has(Device::interval_timer));
}

TEST(DeviceTest, TheFirstMissingDeviceIsTheReason) {
    Subject subject;
    const auto reason = skip_without<Device::interrupt_controller, Device::interval_timer>;
    EXPECT_EQ(reason(subject), "the machine has no interrupt controller 8259 (port 0x21)");
    subject.devices.set(Device::interrupt_controller, true);
    EXPECT_EQ(reason(subject), "the machine has no interval timer 8254 (port 0x43)");
    subject.devices.set(Device::interval_timer, true);
    EXPECT_EQ(reason(subject), "");
}

}  // namespace
}  // namespace exitscope::workloads
