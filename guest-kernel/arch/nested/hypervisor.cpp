// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/nested/hypervisor.h"

#include "arch/cpuid.h"
#include "arch/nested/hypervisor_memory.h"
#include "arch/nested/svm_hypervisor.h"
#include "arch/nested/vmx_hypervisor.h"

namespace exitscope::arch {

namespace {

bool by_vmx = false;

std::uint64_t table_bits() {
    return by_vmx ? vmx::table_entry : svm::table_entry;
}

std::uint64_t page_bits() {
    return by_vmx ? vmx::page_entry : svm::page_entry;
}

}  // namespace

std::string_view start_hypervisor(const NestedControls& controls) {
    constexpr std::uint32_t vmx = 1U << 5;
    by_vmx = (cpuid(1, 0).ecx & vmx) != 0;
    return by_vmx ? arch::vmx::start(controls) : svm::start(controls);
}

void split_nested_mapping(std::uint64_t address) {
    constexpr std::uint64_t large_page = page_size * pages_per_table;
    auto& pages = nested_tables[3];
    for (auto& entry : pages)
        entry = 0;
    nested_tables[2][address / large_page] = address_of(&pages[0]) | table_bits();
}

void map_nested_page(std::uint64_t address) {
    const std::uint64_t page = address / page_size;
    volatile std::uint64_t& entry = nested_tables[3][page % pages_per_table];
    entry = page * page_size | page_bits();
}

void stop_hypervisor() {
    by_vmx ? vmx::stop() : svm::stop();
}

void set_nested_entry(NestedProgram program) {
    by_vmx ? vmx::set_entry(program) : svm::set_entry(program);
}

void skip_nested_instruction() {
    by_vmx ? vmx::skip_instruction() : svm::skip_instruction();
}

void enter_nested(std::uint64_t argument) {
    by_vmx ? vmx::enter(argument) : svm::enter(argument);
}

void inject_into_nested(std::uint8_t vector) {
    by_vmx ? vmx::inject(vector) : svm::inject(vector);
}

}  // namespace exitscope::arch
