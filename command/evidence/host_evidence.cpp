// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/host_evidence.h"

#include <fmt/core.h>

namespace exitscope::command::evidence {

namespace {

/// Throws InputError where the paging parameter does not read as a kernel writes a bool.
void check_parameter(const HostEvidence& host, const text::JsonValue& parameters) {
    const auto value = parameters.at(host.module).at(host.parameter());
    if (const auto text = value.text(); text != "Y" && text != "N" && text != "1" && text != "0")
        value.fail(fmt::format("Y, N, 1 or 0 expected, found \"{}\"", text));
}

}  // namespace

const std::string& HostEvidence::value() const {
    return parameters.at(module).at(std::string{parameter()});
}

model::Paging HostEvidence::paging() const {
    return value() == "Y" || value() == "1" ? model::Paging::two_dimensional : model::Paging::shadow;
}

HostEvidence read_host_evidence(std::string_view text, std::string_view source) {
    const text::JsonDocument document{text, source};
    const auto root = document.root();
    return read_host_evidence(root, root);
}

HostEvidence read_host_evidence(const text::JsonValue& evidence, const text::JsonValue& provenance) {
    HostEvidence host{.kernel = provenance.at("kernel").text(),
                      .module = evidence.at("module").text(),
                      .srcversion = provenance.at("srcversion").texts(),
                      .qemu = provenance.at("qemu").text(),
                      .emulator = provenance.at("emulator").text(),
                      .setting_requested = evidence.at("setting_requested").text()};
    if (provenance.has("cpu"))
        host.cpu = provenance.at("cpu").text();
    if (provenance.has("mitigations"))
        host.mitigations = provenance.at("mitigations").texts();
    if (provenance.has("revision"))
        host.revision = provenance.at("revision").text();
    if (find_module(host.module) == nullptr)
        evidence.at("module").fail(fmt::format("kvm_intel or kvm_amd expected, found \"{}\"", host.module));
    const auto parameters = evidence.at("parameters");
    for (const auto& [module, values] : parameters.members())
        host.parameters.emplace(module, values.texts());
    check_parameter(host, parameters);
    return host;
}

}  // namespace exitscope::command::evidence
