// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The two kinds of records in the guest's report (docs/report.md).

namespace exitscope::model {

/// Whether a record is equal in every run of the same setting.
enum class RecordKind : bool { exact, vary };

}  // namespace exitscope::model
