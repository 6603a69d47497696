/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Writes down what a loaded KVM, patched or not, returns for every leaf from 0x4FFFFF00 to 0x4FFFFFFF.
 *
 * Usage: dump_leaves PREFIX CPUID_REASON. Writes PREFIX.MODEL.CPL for the CPUID models intel (a leaf out of
 * range has the highest basic leaf's data), amd (zeros) and user (which has our leaves itself) and CPL 0 and
 * 3, and beside each of them PREFIX.MODEL.CPL.foreign without our leaves. Exit codes: 0 done, 2 no KVM.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../abi/exit_counters.h"
#include "../guest_code.h"

enum { first_leaf = EXIT_COUNTERS_LEAF_SIGNATURE, leaves = 0x100 };

struct model {
    const char* name;
    struct kvm_cpuid_entry2 entries[10];
    size_t count;
};

#define OWN(leaf, n) \
    { .function = (leaf), .eax = (n), .ebx = (n) + 1, .ecx = (n) + 2, .edx = (n) + 3 }
#define INDEXED(leaf, i, n)                                                                     \
    {                                                                                           \
        .function = (leaf), .index = (i), .flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX, .eax = (n), \
        .ebx = (n) + 1, .ecx = (n) + 2, .edx = (n) + 3                                          \
    }

static const struct model models[] = {
    {"intel",
     {{.function = 0, .eax = 7, .ebx = 0x756e6547, .ecx = 0x6c65746e, .edx = 0x49656e69},
      OWN(1, 0x11),
      INDEXED(7, 0, 0x700),
      INDEXED(7, 1, 0x710)},
     4},
    {"amd",
     {{.function = 0, .eax = 1, .ebx = 0x68747541, .ecx = 0x444d4163, .edx = 0x69746e65}, OWN(1, 0x11)},
     2},
    {"user",
     {{.function = 0, .eax = 1, .ebx = 0x756e6547, .ecx = 0x6c65746e, .edx = 0x49656e69},
      OWN(1, 0x11),
      OWN(EXIT_COUNTERS_LEAF_SIGNATURE, 0x21),
      OWN(EXIT_COUNTERS_LEAF_FEATURES, 0x31),
      OWN(EXIT_COUNTERS_LEAF_LATCH, 0x41),
      OWN(EXIT_COUNTERS_LEAF_REASON_CYCLES, 0x51),
      OWN(EXIT_COUNTERS_LEAF_REASON, 0x61),
      OWN(EXIT_COUNTERS_LEAF_TOTAL, 0x71)},
     8},
};

static int is_ours(uint32_t leaf) {
    return leaf <= EXIT_COUNTERS_LEAF_BASIS || leaf >= EXIT_COUNTERS_LEAF_REASON;
}

static FILE* open_file(const char* prefix, const struct model* model, int cpl, const char* suffix) {
    char path[256];
    FILE* file;

    snprintf(path, sizeof(path), "%s.%s.%d%s", prefix, model->name, cpl, suffix);
    file = fopen(path, "w");
    must(file ? 0 : -1, path);
    return file;
}

static void dump(const char* prefix, const struct model* model, int cpl, uint32_t reason) {
    const uint32_t subleaves[] = {0, 1, reason, 0x80000000 + reason, 0xffffffff};
    FILE* all = open_file(prefix, model, cpl, "");
    FILE* foreign = open_file(prefix, model, cpl, ".foreign");
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];

    vm_create(&vm);
    vcpu_set_cpuid(vcpu, model->entries, model->count);
    vcpu_set_cpl(vcpu, cpl);
    for (size_t i = 0; i < sizeof(subleaves) / sizeof(*subleaves); i++) {
        emit_table(vcpu, (struct table){first_leaf, 1, subleaves[i], 0, leaves});
        vcpu_run(vcpu);
        for (uint32_t n = 0; n < leaves; n++) {
            fwrite(&table_of(vcpu)[n], sizeof(struct cpuid_result), 1, all);
            if (!is_ours(first_leaf + n))
                fwrite(&table_of(vcpu)[n], sizeof(struct cpuid_result), 1, foreign);
        }
    }
    vm_destroy(&vm);
    must(fclose(all), "writing");
    must(fclose(foreign), "writing");
}

int main(int argc, char** argv) {
    if (argc != 3)
        return 2;
    for (size_t i = 0; i < sizeof(models) / sizeof(*models); i++) {
        dump(argv[1], &models[i], 0, strtoul(argv[2], NULL, 0));
        dump(argv[1], &models[i], 3, strtoul(argv[2], NULL, 0));
    }
    return 0;
}
