// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Holds a VM, and nothing else of KVM, until it is killed.

#include <fcntl.h>
#include <linux/kvm.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void)
{
    int kvm = open("/dev/kvm", O_RDWR);
    int vm = ioctl(kvm, KVM_CREATE_VM, 0UL);

    if (kvm < 0 || vm < 0) {
        perror("hold_vm");
        return 1;
    }
    close(kvm);
    puts("holding");
    fflush(stdout);
    for (;;)
        pause();
}
