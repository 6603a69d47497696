# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT

# Prints the newest 6.1 cloud kernel release whose header package is installed.
debian_release() {
    find /usr/src -maxdepth 1 -name 'linux-headers-6.1.*-cloud-amd64' -printf '%f\n' | sort -V | sed -n '$s/linux-headers-//p'
}
