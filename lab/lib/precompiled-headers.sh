# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Half of the time in which a small kernel is compiled goes to the same headers in each file. With this they are parsed
# once, and not at all with PRECOMPILED=n. KVM's modules are built without it. Sourced by lab/lib/small-build.sh.
#
# shellcheck disable=SC2016 # the variables in quotes are make's

common_headers=${lab_folder:?}/kernel/common-headers

# The compiler takes no precompiled header that mentions a macro of its command line, and some names differ from file to
# file. So they come there under names that no header knows.
file_names=(KBUILD_BASENAME KBUILD_MODFILE KBUILD_MODNAME __KBUILD_MODNAME)

# use_precompiled_headers TREE: changes the makefiles of an unpacked kernel.
use_precompiled_headers() {
    local makefile=$1/scripts/Makefile.lib name
    mkdir "$1/precompiled"
    sed -n 's/^[a-z].*/#include <&>/p' "$common_headers" >"$1/precompiled/headers.h"
    for name in "${file_names[@]}"; do
        printf '#define %s OF_FILE_%s\n' "$name" "$name"
    done >"$1/precompiled/file-names.h"
    {
        # The folders whose files are compiled with the kernel's usual options, but for the files that define a macro first
        # which one of these headers asks for, or what such a header declares otherwise, or whose member has a macro's name.
        printf '\nwithout-precompiled = $(filter n,$(PRECOMPILED)) $(filter %s,$@)\n' \
            'lib/sort.o kernel/sched/core.o kernel/softirq.o arch/x86/kernel/head64.o arch/x86/kernel/cpu/common.o'
        printf 'precompiled = $(if $(strip $(without-precompiled)),,$(filter %s,$(obj)))\n' \
            'drivers% fs% init kernel% lib mm security arch/x86/events% arch/x86/kernel% arch/x86/lib arch/x86/mm%'
        # As a system folder, so that it is not searched for options as the dependencies of a file are.
        printf 'precompiled-flags = $(if $(precompiled),%s)\n' \
            '-isystem $(srctree)/precompiled -include headers.h -include file-names.h'
        printf 'of-file = $(if $(precompiled),OF_FILE_)\n'
    } >>"$makefile"
    sed -i -e '/^\(basename\|modname\|modfile\)_flags/,/[^\\]$/ s/-D\(_*KBUILD_\)/-D$(of-file)\1/g' \
        -e '/^c_flags /s/\$(LINUXINCLUDE)/$(precompiled-flags) &/' "$makefile"
    cat >>"$1/Kbuild" <<'MAKE'

quiet_cmd_precompile = PCH     $@
      cmd_precompile = $(CC) $(subst -include $(srctree)/include/linux/compiler-version.h,, \
	$(filter-out -Wp$(comma)% -DKBUILD_% -D__KBUILD_%,$(c_flags))) -x c-header -c -o $@ $<

targets += precompiled/headers.h.gch
precompiled/headers.h.gch: precompiled/headers.h $(offsets-file) $(rq-offsets-file) FORCE
	$(call if_changed,precompile)
prepare: $(if $(filter n,$(PRECOMPILED)),,precompiled/headers.h.gch)
MAKE
}
