// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The file of a module, as modinfo sees it.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::load_kvm {

/// `kvm-amd.ko`
[[nodiscard]] std::string file_name_of(std::string_view module);

/// A field as `modinfo -F` prints it; empty where the file has none.
[[nodiscard]] std::string field_of(const std::filesystem::path& file, const std::string& field);

/// The names of the parameters that it takes.
[[nodiscard]] std::vector<std::string> parameter_names(const std::filesystem::path& file);

/// Where a loaded module came from: what modprobe would load, or what is in the folder `previous`, if one is
/// given. Nothing where there is no such file.
[[nodiscard]] std::optional<std::filesystem::path> origin_of(std::string_view module,
                                                             const std::filesystem::path& previous);

/// Copies the file, unpacked by xz, zstd or gzip where its name says so; false if that fails.
[[nodiscard]] bool unpack_module(const std::filesystem::path& from, const std::filesystem::path& to);

/// Whether the loaded module is that of the unpacked file: by the build id, else by srcversion. Debian's
/// modules have no srcversion.
[[nodiscard]] bool is_file_of(const std::filesystem::path& sys, std::string_view module,
                              const std::filesystem::path& file);

}  // namespace exitscope::command::load_kvm
