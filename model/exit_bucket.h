// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The exit reason that a bucket of abi/exit_buckets.h counts.

#include "exit_buckets.h"
#include "model/exit_reason.h"

namespace exitscope::model {

/// Nothing for a bucket that stands for no reason which the manual of `isa` defines, and for that of all
/// others.
[[nodiscard]] constexpr std::optional<ReasonNumber> reason_of_bucket(InstructionSet isa, std::size_t bucket) {
    if (bucket >= EXIT_BUCKET_OTHERS)
        return std::nullopt;
    auto number = bucket;
    if (bucket >= EXIT_BUCKET_NPF) {
        if (isa != InstructionSet::svm)
            return std::nullopt;
        // The ABI reads negative codes by their lower 16 bits.
        number = bucket < EXIT_BUCKET_NEGATIVE ? EXIT_BUCKET_FIRST_NPF_CODE + (bucket - EXIT_BUCKET_NPF)
                                               : 0xffff - (bucket - EXIT_BUCKET_NEGATIVE);
    }
    const auto reason = static_cast<ReasonNumber>(number);
    return index_of(isa, reason) ? std::optional{reason} : std::nullopt;
}

static_assert(reason_of_bucket(InstructionSet::vmx, 48) == 48);
static_assert(!reason_of_bucket(InstructionSet::vmx, EXIT_BUCKET_NPF));
static_assert(reason_of_bucket(InstructionSet::svm, EXIT_BUCKET_NPF) == 0x400);
static_assert(reason_of_bucket(InstructionSet::svm, EXIT_BUCKET_NEGATIVE) == 0xffff);
static_assert(!reason_of_bucket(InstructionSet::svm, EXIT_BUCKET_OTHERS));

}  // namespace exitscope::model
