// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/initial_ramdisk.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace exitscope::command::inner_linux {

namespace {

using std::string_view_literals::operator""sv;

/// Where something begins with them, nothing is known of what is in it.
struct Magic {
    std::size_t at;
    std::string_view bytes;
};

/// gzip (two), bzip2, lzma, xz, lzo, lz4, zstd; and images of file systems: squashfs, romfs, cramfs, ext2.
constexpr std::array<Magic, 12> opaque_magics{{{0, "\x1f\x8b"sv},
                                               {0, "\x1f\x9e"sv},
                                               {0, "BZ"sv},
                                               {0, "\x5d\x00"sv},
                                               {0, "\xfd\x37"sv},
                                               {0, "\x89\x4c"sv},
                                               {0, "\x02\x21"sv},
                                               {0, "\x28\xb5"sv},
                                               {0, "hsqs"sv},
                                               {0, "-rom1fs-"sv},
                                               {0, "\x45\x3d\xcd\x28"sv},
                                               {0x438, "\x53\xef"sv}}};

bool is_opaque(std::string_view bytes) {
    return std::ranges::any_of(opaque_magics, [bytes](const Magic& magic) {
        return bytes.size() > magic.at && bytes.substr(magic.at).starts_with(magic.bytes);
    });
}

constexpr std::size_t header_size = 110;
constexpr std::size_t magic_size = 6;
constexpr std::size_t field_size = 8;
/// Of the header's fields.
constexpr std::size_t file_size_field = 6;
constexpr std::size_t name_size_field = 11;

constexpr std::size_t aligned(std::size_t size) {
    return (size + 3) & ~std::size_t{3};
}

std::optional<std::size_t> field(std::string_view header, std::size_t index) {
    std::uint32_t value = 0;
    const auto text = header.substr(magic_size + index * field_size, field_size);
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    return error == std::errc{} && rest == text.data() + text.size() ? std::optional<std::size_t>{value}
                                                                     : std::nullopt;
}

/// Goes from entry to entry, through as many archives as there are.
class Archive {
public:
    explicit Archive(std::string_view bytes) : bytes_{bytes} {}

    std::string problem() {
        while (offset_ < bytes_.size() && !opaque_) {
            if (bytes_[offset_] == '\0') {
                ++offset_;
                continue;
            }
            const auto rest = bytes_.substr(offset_);
            if (rest.starts_with("070701") || rest.starts_with("070702")) {
                if (!take_entry(rest))
                    return fmt::format("is cut, or mangled, in the archive's entry at byte {}", offset_);
            } else if (is_opaque(rest)) {
                opaque_ = true;
            } else {
                return fmt::format("has neither a cpio archive (newc) nor something compressed at byte {}",
                                   offset_);
            }
        }
        if (bytes_.empty())
            return "is empty";
        if (!opaque_ && !at_end_)
            return "is cut: the archive has no end";
        if (!opaque_ && bytes_.find(R"({"exitstat":)") == std::string_view::npos)
            return "has no exitstat in it";
        return {};
    }

private:
    bool take_entry(std::string_view rest) {
        if (rest.size() < header_size)
            return false;
        const auto file_size = field(rest, file_size_field);
        const auto name_size = field(rest, name_size_field);
        if (!file_size || !name_size || *name_size == 0)
            return false;
        const auto data_begin = aligned(header_size + *name_size);
        if (rest.size() < header_size + *name_size || rest.size() < data_begin + *file_size)
            return false;
        at_end_ = rest.substr(header_size, *name_size - 1) == "TRAILER!!!";
        // A whole file system may be packed in the archive.
        if (*file_size != 0 && is_opaque(rest.substr(data_begin, *file_size)))
            opaque_ = true;
        offset_ += std::min(rest.size(), aligned(data_begin + *file_size));
        return true;
    }

    std::string_view bytes_;
    std::size_t offset_ = 0;
    bool opaque_ = false;
    bool at_end_ = false;
};

}  // namespace

std::string ramdisk_problem(std::string_view bytes) {
    return Archive{bytes}.problem();
}

}  // namespace exitscope::command::inner_linux
