// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include "page/escape.h"
#include "page/page.h"

namespace exitscope::command::page {

namespace {

std::string fact(std::string_view name, std::string_view value) {
    return fmt::format("<dt>{}</dt><dd>{}</dd>\n", escaped(name),
                       value.empty() ? "not known" : escaped(value));
}

std::string facts_of(const result::Result& result) {
    std::string facts;
    if (result.run) {
        facts += fact("iterations", std::to_string(result.run->iterations));
    }
    if (!result.host)
        return facts + fact("host", "");
    const auto& host = *result.host;
    facts += fact("kernel", host.kernel);
    for (const auto& [module, version] : host.srcversion)
        facts += fact(module + " srcversion", version);
    facts += fact("QEMU", host.qemu);
    facts += fact("CPU", host.cpu);
    facts += fact("exitscope", host.revision);
    facts +=
        fact("the host's CPU is emulated by", host.emulator.empty() ? "nothing: it is real" : host.emulator);
    return facts;
}

std::string mitigations_of(const evidence::HostEvidence& host) {
    std::string rows;
    for (const auto& [vulnerability, state] : host.mitigations)
        rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(vulnerability),
                            escaped(state));
    return rows.empty()
               ? rows
               : fmt::format(
                     "<details><summary>Mitigations</summary>\n<table>\n<caption>What the kernel says of "
                     "each vulnerability</caption>\n{}</table></details>\n",
                     rows);
}

std::string parameters_of(const evidence::HostEvidence& host) {
    std::string rows;
    for (const auto& [module, parameters] : host.parameters) {
        for (const auto& [name, value] : parameters)
            rows += fmt::format("<tr><th scope=\"row\">{}.{}</th><td>{}</td></tr>\n", escaped(module),
                                escaped(name), escaped(value));
    }
    return fmt::format(
        "<details><summary>Module parameters</summary>\n<table>\n<caption>As /sys/module showed "
        "them</caption>\n"
        "{}</table></details>\n",
        rows);
}

}  // namespace

std::string provenance_section(std::span<const Column> columns) {
    std::string text;
    for (const auto& column : columns) {
        text += fmt::format("<article>\n<h3>{}</h3>\n<dl>\n{}</dl>\n", escaped(column.title),
                            facts_of(column.result));
        if (column.result.host)
            text += mitigations_of(*column.result.host) + parameters_of(*column.result.host);
        text += "</article>\n";
    }
    return fmt::format(
        "<section id=\"provenance\" aria-labelledby=\"provenance-title\">\n"
        "<h2 id=\"provenance-title\">Provenance</h2>\n<div class=\"cards\">\n{}</div>\n</section>\n",
        text);
}

}  // namespace exitscope::command::page
