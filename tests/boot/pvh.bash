# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# An image for QEMU's -kernel by PVH.

# make_pvh IMAGE COPY: QEMU takes an image by multiboot 1 where it finds that header, and by PVH only else. The copy has none.
make_pvh() {
    python3 - "$1" "$2" <<'PYTHON'
import sys
image = open(sys.argv[1], "rb").read()
header = (0x1BADB002).to_bytes(4, "little")
assert image.count(header, 0, 8192) == 1
open(sys.argv[2], "wb").write(image.replace(header, bytes(4), 1))
PYTHON
}
