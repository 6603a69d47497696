// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/event.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace exitscope {

namespace {

/// Reasons from `first` to `last` that are one event.
struct Event {
    InstructionSet isa;
    ReasonNumber first;
    ReasonNumber last;
    std::string_view name;
};

constexpr auto vmx = InstructionSet::vmx;
constexpr auto svm = InstructionSet::svm;

constexpr std::array events{
    Event{svm, 0x00, 0x1f, "CR_ACCESS"},           Event{svm, 0x65, 0x65, "CR_ACCESS"},
    Event{svm, 0x20, 0x3f, "DR_ACCESS"},           Event{svm, 0x40, 0x5f, "EXCEPTION_NMI"},
    Event{svm, 0x60, 0x60, "EXTERNAL_INTERRUPT"},  Event{svm, 0x64, 0x64, "INTERRUPT_WINDOW"},
    Event{svm, 0x77, 0x77, "PAUSE_INSTRUCTION"},   Event{svm, 0x7b, 0x7b, "IO_INSTRUCTION"},
    Event{svm, 0x7f, 0x7f, "TRIPLE_FAULT"},        Event{svm, 0x81, 0x81, "VMCALL"},
    Event{svm, 0x8a, 0x8a, "MONITOR_INSTRUCTION"}, Event{svm, 0x8b, 0x8b, "MWAIT_INSTRUCTION"},
    Event{svm, 0x400, 0x400, "NESTED_PAGE_FAULT"}, Event{vmx, 31, 32, "MSR"},
    Event{vmx, 48, 49, "NESTED_PAGE_FAULT"},
};

}  // namespace

std::string event_name(InstructionSet isa, ReasonNumber reason) {
    const auto event = std::ranges::find_if(events, [=](const Event& each) {
        return each.isa == isa && each.first <= reason && reason <= each.last;
    });
    return event == events.end() ? display_name(isa, reason) : std::string{event->name};
}

}  // namespace exitscope
