// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/event.h"

#include "evidence/reasons.h"
#include "model/shared_event.h"

namespace exitscope::command::compare {

std::string event_name(model::InstructionSet isa, model::ReasonNumber reason) {
    const auto shared = model::shared_event(isa, reason);
    return shared.empty() ? evidence::display_name(isa, reason) : std::string{shared};
}

}  // namespace exitscope::command::compare
