// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The words of the run's record that are lists: names with commas between them, or `none`.

#include <cstdint>
#include <string_view>

#include "exit_counters.h"
#include "meter/counter_source.h"
#include "model/device.h"
#include "report/text.h"

namespace exitscope::report {

/// `cycles,latch`: what the counters can do.
inline void write_features(TextWriter& text, const meter::CounterSource& source) {
    struct Feature {
        std::uint32_t bit;
        std::string_view name;
    };
    constexpr Feature features[] = {{EXIT_COUNTERS_FEATURE_CYCLES, "cycles"},
                                    {EXIT_COUNTERS_FEATURE_LATCH, "latch"},
                                    {EXIT_COUNTERS_FEATURE_VCPU_SCOPE, "vcpu_scope"}};
    for (const auto& feature : features) {
        if (source.has(feature.bit))
            text.text(text.view().empty() ? "" : ",").text(feature.name);
    }
    if (text.view().empty())
        text.text("none");
}

/// `pic,pit`: the devices that were found.
inline void write_devices(TextWriter& text, const model::Devices& devices) {
    for (std::uint8_t number = 0; number < static_cast<std::uint8_t>(model::Device::count); ++number) {
        const auto device = static_cast<model::Device>(number);
        if (devices.has(device))
            text.text(text.view().empty() ? "" : ",").text(name_of(device));
    }
    if (text.view().empty())
        text.text("none");
}

}  // namespace exitscope::report
