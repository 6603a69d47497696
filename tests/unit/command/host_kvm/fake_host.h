// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A host made of files, for one test.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "host_kvm/host_state.h"
#include "text/file.h"

namespace exitscope::command::host_kvm {

class FakeHost : public testing::Test {
protected:
    ~FakeHost() override { std::filesystem::remove_all(root); }

    void has(const std::string& file, std::string_view text) const { text::write_file(root / file, text); }

    /// A descriptor of a process, by its number.
    void has_open(const std::string& process, const std::string& target) const {
        has(process + "/comm", "test\n");
        std::filesystem::create_directories(root / process / "fd");
        std::filesystem::create_symlink(target, root / process / "fd/9");
    }

    [[nodiscard]] HostFolders folders() const {
        return {.sys = root / "sys", .proc = root / "proc", .state = root / "state", .dev = root / "dev"};
    }

    std::filesystem::path root =
        std::filesystem::path{testing::TempDir()} / ("exitscope-host-" + std::to_string(getpid()));
};

}  // namespace exitscope::command::host_kvm
