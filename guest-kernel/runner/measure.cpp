// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/measure.h"

#include <algorithm>
#include <array>

#include "arch/page_pool.h"
#include "arch/time_stamp.h"
#include "model/noise.h"
#include "model/subject.h"

namespace exitscope::runner {

namespace {

/// What a window may hold at all: what is expected, and noise.
class LikelyReasons {
public:
    LikelyReasons(const model::Expected& expected, model::InstructionSet isa) {
        for (const model::ReasonNumber reason : model::reasons_of(isa)) {
            const bool wanted =
                expected.of(reason) != 0 || model::is_noise(isa, reason, model::Interrupts::on);
            if (wanted && size_ < reasons_.size())
                reasons_[size_++] = reason;
        }
    }

    [[nodiscard]] std::span<const model::ReasonNumber> all() const { return {reasons_.data(), size_}; }

private:
    std::array<model::ReasonNumber, 2 * model::Expected::capacity> reasons_{};
    std::size_t size_ = 0;
};

}  // namespace

void measure(meter::ExitMeter& meter, void (*step)(std::uint64_t), std::uint64_t iterations,
             std::span<std::uint64_t> ticks, meter::Window& window, const model::Expected& likely,
             WindowScope scope) {
    const std::uint64_t timed = std::min<std::uint64_t>(iterations, ticks.size());
    arch::touch_kernel_pages();
    window.vm_exits = {};
    if (scope == WindowScope::vcpu_and_vm)
        meter.begin_vm();
    meter.begin();
    for (std::uint64_t index = 0; index < timed; ++index) {
        const auto before = arch::read_time_stamp();
        step(index);
        ticks[index] = arch::read_time_stamp() - before;
    }
    for (std::uint64_t index = timed; index < iterations; ++index)
        step(index);
    meter.end();
    if (scope == WindowScope::vcpu_and_vm) {
        meter.end_vm();
        meter.read_vm_window(window);
    }
    meter.read_window(window, LikelyReasons{likely, meter.isa()}.all());
}

}  // namespace exitscope::runner
