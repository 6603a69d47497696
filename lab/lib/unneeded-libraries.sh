# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Each start of QEMU in L1 looks up 12,000 names in 50 libraries, a quarter of its time. Many of these libraries serve what no run
# does: a disassembler, RDMA, persistent memory, passwords and pictures of VNC. In their place the image has libraries of the same
# names and functions without any code or further libraries: who calls one is told which, and ends. Sourced by build-image.

unneeded_libraries=(
    libbpf               # virtio-net's receive-side scaling
    libcapstone          # disassembly in the log and the monitor
    libfuse3             # exports of block devices
    libgio-2.0           # a display over D-Bus
    libibverbs librdmacm # migration over RDMA
    libidn2 libp11-kit   # TLS: names of hosts, keys in hardware
    libjpeg libpng16     # VNC's compression, pictures of the screen
    libpmem              # -object memory-backend-file,pmem=on
    libsasl2             # VNC's authentication
    libvdeplug           # -netdev vde
)

# Prints the names of a library's functions, without old versions of them.
functions_of() {
    nm -D --defined-only --with-symbol-versions "$1" | awk '$2 ~ /^[TW]$/ && !($3 ~ /[^@]@[^@]/) { sub(/@@.*/, "", $3); print $3 }'
}

# Prints the linker's script that gives each function the version that it has in the library; nothing where none has one.
versions_of() {
    nm -D --defined-only --with-symbol-versions "$1" | awk '$2 ~ /^[TW]$/ && split($3, part, "@@") == 2 {
        names[part[2]] = names[part[2]] " " part[1] ";"
    } END { for (version in names) print version " {" names[version] " };" }' | LC_ALL=C sort
}

# make_empty_library LIBRARY FOLDER
make_empty_library() {
    local library=$1 name=${1##*/} folder=$2 options=()
    {
        printf '%s\n' '#include <stdlib.h>' '#include <unistd.h>' \
            '#define FUNCTION(name, message) void name(void) { (void)!write(STDERR_FILENO, message, sizeof message - 1); abort(); }'
        functions_of "$library" | while read -r function; do
            printf 'FUNCTION(%s, "QEMU called %s of %s, which the lab leaves out: lab/lib/unneeded-libraries.sh\\n")\n' \
                "$function" "$function" "$name"
        done
    } >"$folder/$name.c"
    versions_of "$library" >"$folder/$name.versions"
    [[ ! -s $folder/$name.versions ]] || options=("-Wl,--version-script=$folder/$name.versions")
    gcc -std=gnu11 -O1 -fno-builtin -Wall -Wextra -Werror -shared -fPIC -s "-Wl,-soname,$name" -Wl,--hash-style=gnu ${options[@]+"${options[@]}"} \
        -o "$folder/$name" "$folder/$name.c"
    rm "$folder/$name".{c,versions}
}

# make_empty_libraries FOLDER LIBRARY...: of those among them that are not needed.
make_empty_libraries() {
    local folder=$1 library name
    for library in "${@:2}"; do
        name=${library##*/}
        [[ " ${unneeded_libraries[*]} " != *" ${name%%.so*} "* ]] || make_empty_library "$library" "$folder"
    done
}
