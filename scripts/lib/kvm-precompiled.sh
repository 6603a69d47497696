# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Most files of KVM include the same headers, which take longer than the rest of the file. With this they are parsed once, and
# not at all with PRECOMPILED=n. Sourced by kvm-modules.sh.
#
# shellcheck disable=SC2016 # the variables in quotes are make's

# The first two come before all else.
readonly kvm_headers=(
    linux/kconfig.h linux/compiler_types.h
    linux/eventfd.h linux/highmem.h linux/kvm_host.h linux/module.h linux/perf_event.h linux/sched/signal.h
    linux/trace_events.h linux/uaccess.h linux/vmalloc.h
)

# use_precompiled_headers TREE: changes the Makefile of its KVM, which is that of an external module.
#
# The compiler takes no precompiled header that mentions a macro of its command line, and some names differ from file to file. So
# they come there under names that no header knows: Makefile.lib, which is read after this, does not change what is marked
# override. A file that defines pr_fmt does so before its first header, and so the headers' own is undone for it.
use_precompiled_headers() {
    local kvm=$1/arch/x86/kvm folder=$1/arch/x86/kvm/precompiled name
    mkdir -p "$folder"
    printf '#include <%s>\n' "${kvm_headers[@]}" >"$folder/headers.h"
    for name in KBUILD_BASENAME KBUILD_MODNAME __KBUILD_MODNAME; do
        printf '#define %s OF_FILE_%s\n' "$name" "$name"
    done >"$folder/file-names.h"
    echo '#undef pr_fmt' >"$folder/own-pr-fmt.h"
    {
        printf '\nown-pr-fmt :='
        # From some version on make sees an external module's files by names that begin in its folder.
        (cd "$1" && grep -rl --include='*.c' '^#define pr_fmt' arch/x86/kvm virt/kvm) |
            sed -E 's,^virt/kvm/(.*), %/kvm/\1,; s,^arch/x86/kvm/(.*), %/kvm/\1 \1,' | sort -u | tr -d '\n'
    } >>"$kvm/Makefile"
    cat >>"$kvm/Makefile" <<'MAKE'

ifneq ($(PRECOMPILED),n)
override basename_flags = -DOF_FILE_KBUILD_BASENAME=$(call name-fix,$(basetarget))
override modname_flags = -DOF_FILE_KBUILD_MODNAME=$(call name-fix,$(modname)) \
	-DOF_FILE___KBUILD_MODNAME=kmod_$(call name-fix-token,$(modname))
NOSTDINC_FLAGS += $(if $(filter %.c,$<),-isystem $(obj)/precompiled \
	$(if $(filter %-offsets.c,$<),,-include headers.h) -include file-names.h \
	$(if $(filter $(own-pr-fmt),$<),-include own-pr-fmt.h))

quiet_cmd_precompile = PCH [M] $@
      cmd_precompile = $(CC) $(subst -include $(srctree)/include/linux/compiler-version.h,, \
	$(filter-out -DOF_FILE_%,$(c_flags))) -x c-header -c -o $@ $<

headers := $(obj)/precompiled/headers.h.gch
targets += precompiled/headers.h.gch
$(headers): part-of-module := y
$(headers): $(src)/precompiled/headers.h FORCE
	$(call if_changed_dep,precompile)
$(addprefix $(obj)/,$(kvm-y) $(kvm-intel-y) $(kvm-amd-y)): $(headers)
endif
MAKE
}
