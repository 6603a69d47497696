// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/problem.h"

namespace exitscope::command::evidence {

int exit_code_of(model::Verdict verdict) {
    switch (verdict) {
        case model::Verdict::pass:
            return 0;
        case model::Verdict::fail:
            return 1;
        case model::Verdict::error:
            return 2;
        case model::Verdict::crash:
            return 3;
        case model::Verdict::skip:
            return 77;
    }
    return 2;
}

}  // namespace exitscope::command::evidence
