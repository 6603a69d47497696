# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The libraries that L1's QEMU does without (lab/lib/unneeded-libraries.sh), made of those of this system.

setup_file() {
    export root empty=$BATS_FILE_TMPDIR/empty
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    mkdir "$empty"
    # shellcheck source=lab/lib/unneeded-libraries.sh
    . "$root/lab/lib/unneeded-libraries.sh"
    mapfile -t libraries < <(ldd "$(command -v qemu-system-x86_64)" | awk '$3 ~ /^\// { print $3 }')
    make_empty_libraries "$empty" "${libraries[@]}"
}

# qemu ARGUMENT...: with the empty libraries. Its own come later.
qemu() {
    LD_LIBRARY_PATH=$empty timeout 60 qemu-system-x86_64 -nodefaults -no-user-config -display none "$@" 2>&1
}

@test "each is there, with the functions and versions that the whole library has" {
    # shellcheck source=lab/lib/unneeded-libraries.sh
    . "$root/lab/lib/unneeded-libraries.sh"
    [ "$(find "$empty" -name '*.so*' | wc -l)" -eq "${#unneeded_libraries[@]}" ]
    [ "$(find "$empty" -type f | wc -l)" -eq "${#unneeded_libraries[@]}" ]
    for library in "$empty"/*; do
        whole=$(ldd "$(command -v qemu-system-x86_64)" | awk -v name="${library##*/}" '$1 == name { print $3 }')
        [ -n "$(functions_of "$library")" ]
        diff <(functions_of "$whole") <(functions_of "$library")
        diff <(versions_of "$whole") <(versions_of "$library")
    done
}

@test "QEMU does not load what only they need, finds all its functions and makes its machine" {
    [ "$(LD_LIBRARY_PATH=$empty ldd "$(command -v qemu-system-x86_64)" | grep -c 'libcrypto\|libkmod\|libnl-3')" -eq 0 ]
    run bash -c "$(declare -f qemu); echo quit | qemu -machine pc -accel tcg -cpu max -S -monitor stdio"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output != *'version information'* ]]
}

@test "who calls one is told which, and ends" {
    run qemu -machine none -vnc "unix:$BATS_TEST_TMPDIR/vnc,sasl=on"
    echo "$output"
    [ "$status" -ne 0 ]
    [[ $output == *'QEMU called sasl_server_init of libsasl2.so.2, which the lab leaves out: lab/lib/unneeded-libraries.sh'* ]]
}
