// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/interrupts.h"

#include <array>
#include <atomic>

#include "arch/descriptor_tables.h"
#include "arch/exception_table.h"
#include "arch/interrupt_flag.h"
#include "arch/port.h"

namespace exitscope::arch {

namespace {

constexpr std::size_t exception_count = 32;
constexpr std::uint16_t code_selector = 0x08;
constexpr std::uint64_t gate_present_interrupt = 0x8e;

/// Source: Intel SDM Vol. 3A, "64-Bit Mode IDT".
struct Gate {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};

constexpr Gate interrupt_gate(std::uint64_t entry) {
    return {(entry & 0xffff) | (std::uint64_t{code_selector} << 16) | (gate_present_interrupt << 40) |
                ((entry >> 16 & 0xffff) << 48),
            entry >> 32};
}

std::array<Gate, vector_count> table;
FaultHandler fault_handler = nullptr;
std::array<InterruptHandler, vector_count> handlers{};
std::array<volatile std::uint64_t, vector_count> taken{};
std::atomic<std::uint64_t> missed_halts{0};

constexpr std::array<const char*, exception_count> exception_names{
    "#DE",      "#DB",      "NMI",      "#BP",      "#OF", "#BR", "#UD",      "#NM",
    "#DF",      "reserved", "#TS",      "#NP",      "#SS", "#GP", "#PF",      "reserved",
    "#MF",      "#AC",      "#MC",      "#XM",      "#VE", "#CP", "reserved", "reserved",
    "reserved", "reserved", "reserved", "reserved", "#HV", "#VC", "#SX",      "reserved"};

}  // namespace

/// Addresses of the `vector_count` entry stubs. In interrupt_entry.S.
extern "C" const std::uint64_t interrupt_entries[];

/// The HLT of `halt_until_interrupt`. In interrupt_entry.S.
extern "C" const std::uint8_t halt_instruction[];

extern "C" void handle_interrupt(InterruptFrame* frame) {
    const auto vector = frame->vector;
    if (frame->rip == reinterpret_cast<std::uint64_t>(halt_instruction)) {
        missed_halts.fetch_add(1, std::memory_order_relaxed);
        ++frame->rip;  // HLT has one byte
    }
    __atomic_fetch_add(&taken[vector], 1, __ATOMIC_RELAXED);
    if (handlers[vector] != nullptr) {
        handlers[vector](*frame);
        return;
    }
    if (const auto resume = resume_address(frame->rip); vector < exception_count && resume != 0) {
        frame->rip = resume;
        return;
    }
    fault_handler(*frame);
}

void start_interrupts(FaultHandler on_fault) {
    fault_handler = on_fault;
    for (std::size_t vector = 0; vector < vector_count; ++vector)
        table[vector] = interrupt_gate(interrupt_entries[vector]);
    load_interrupt_table();
    out8(Port::pic_master_mask, 0xff);
    out8(Port::pic_slave_mask, 0xff);
}

void load_interrupt_table() {
    lidt({sizeof(table) - 1, reinterpret_cast<std::uint64_t>(table.data())});
}

void set_interrupt_handler(std::uint8_t vector, InterruptHandler handler) {
    handlers[vector] = handler;
}

std::uint64_t interrupts_taken(std::uint8_t vector) {
    return taken[vector];
}

std::uint64_t halts_missed() {
    return missed_halts.load(std::memory_order_relaxed);
}

const char* exception_name(std::uint64_t vector) {
    return vector < exception_count ? exception_names[vector] : "reserved";
}

}  // namespace exitscope::arch
