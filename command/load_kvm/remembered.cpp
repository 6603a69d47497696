// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/remembered.h"

#include <fmt/format.h>

#include <fstream>

#include "host_kvm/modules.h"
#include "host_kvm/sys_file.h"
#include "load_kvm/exit.h"
#include "load_kvm/module_file.h"
#include "text/file.h"

namespace exitscope::command::load_kvm {

namespace {

/// A folder that becomes the remembered one in one step, or goes.
class Part {
public:
    explicit Part(std::filesystem::path folder) : folder_{std::move(folder)} {
        std::error_code error;
        std::filesystem::remove_all(folder_, error);
        std::filesystem::create_directories(folder_);
    }
    ~Part() {
        std::error_code error;
        std::filesystem::remove_all(folder_, error);
    }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;
    Part(Part&&) = delete;
    Part& operator=(Part&&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

std::filesystem::path name_in(const std::filesystem::path& folder, std::string_view module,
                              std::string_view ending) {
    return folder / fmt::format("{}.{}", module, ending);
}

void keep(const host_kvm::HostFolders& folders, std::string_view module,
          const std::filesystem::path& previous, const std::filesystem::path& part) {
    const auto origin = origin_of(module, previous);
    if (!origin)
        throw Failure(Exit::missing, fmt::format("there is no file of {} in {}", module,
                                                 previous.empty() ? "/lib/modules" : previous.string()));
    const auto file = name_in(part, module, "ko");
    if (!unpack_module(*origin, file))
        throw Failure(Exit::missing, fmt::format("cannot read {}", origin->string()));
    if (!is_file_of(folders.sys, module, file))
        throw Failure(Exit::missing,
                      fmt::format("the loaded {} is not that of {} and could not be put back; give the "
                                  "folder it was loaded from with --previous",
                                  module, origin->string()));
    text::write_file(name_in(part, module, "parameters"), text_of(read_parameters(folders.sys, module)));
}

}  // namespace

bool Remembered::exists() const {
    std::error_code error;
    return std::filesystem::is_directory(folder_, error);
}

std::vector<std::string_view> Remembered::modules() const {
    std::vector<std::string_view> found;
    for (const auto module : host_kvm::kvm_modules) {
        std::error_code error;
        if (std::filesystem::exists(file_of(module), error))
            found.push_back(module);
    }
    return found;
}

std::filesystem::path Remembered::file_of(std::string_view module) const {
    return name_in(folder_, module, "ko");
}

Parameters Remembered::parameters_of(std::string_view module) const {
    return parse_parameters(host_kvm::value_in(name_in(folder_, module, "parameters")).value_or(""));
}

std::vector<std::string> Remembered::added() const {
    std::vector<std::string> found;
    std::ifstream stream{folder_ / "added"};
    for (std::string line; std::getline(stream, line);)
        found.push_back(line);
    return found;
}

void Remembered::add(const std::string& module) const {
    auto text = host_kvm::value_in(folder_ / "added").value_or("");
    text::write_file(folder_ / "added", text.empty() ? module + "\n" : text + "\n" + module + "\n");
}

void Remembered::forget() const {
    // Renamed first: half a folder would be half a KVM to put back.
    auto gone = folder_;
    gone += ".gone";
    std::error_code error;
    std::filesystem::remove_all(gone, error);
    std::filesystem::rename(folder_, gone);
    std::filesystem::remove_all(gone, error);
}

void remember(const host_kvm::HostFolders& folders, const std::filesystem::path& previous) {
    if (Remembered{folders}.exists())
        return;
    const Part part{folders.state / "kvm.part"};
    for (const auto module : host_kvm::loaded_modules(folders.sys))
        keep(folders, module, previous, part.folder());
    text::write_file(part.folder() / "added", "");
    std::filesystem::rename(part.folder(), folders.state / "kvm");
}

}  // namespace exitscope::command::load_kvm
