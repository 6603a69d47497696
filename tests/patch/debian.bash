# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT

# shellcheck source=lab/lib/kernel-table.sh
. "$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)/lab/lib/kernel-table.sh"

# debian_release [VERSION]: prints the newest cloud kernel release of that version (6.1) whose header package is installed.
debian_release() {
    release_of_series "${1:-6.1}"
}
