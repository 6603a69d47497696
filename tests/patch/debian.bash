# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT

# debian_release [VERSION]: prints the newest cloud kernel release of that version (6.1) whose header package is installed.
debian_release() {
    find /usr/src -maxdepth 1 -name "linux-headers-${1:-6.1}.*-cloud-amd64" -printf '%f\n' | sort -V | sed -n '$s/linux-headers-//p'
}
