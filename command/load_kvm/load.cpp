// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/load.h"

#include <unistd.h>

#include <functional>

#include "load_kvm/exit.h"
#include "load_kvm/in_force.h"
#include "load_kvm/lock.h"
#include "load_kvm/own_modules.h"
#include "load_kvm/programs.h"
#include "load_kvm/put_back.h"
#include "load_kvm/refusals.h"
#include "load_kvm/remembered.h"
#include "stages/interruption.h"

namespace exitscope::command::load_kvm {

namespace {

constexpr int done = static_cast<int>(Exit::done);

/// The exit code of what `steps` do; `otherwise` for an error that has none, as of a program that is not
/// there.
int exit_code_of(const std::function<void()>& steps, Exit otherwise) {
    try {
        steps();
        return done;
    } catch (const Failure& failure) {
        say(failure.what());
        return static_cast<int>(failure.exit());
    } catch (const stages::Interrupted& interrupted) {
        return 128 + interrupted.signal;
    } catch (const std::exception& problem) {
        say(problem.what());
        return static_cast<int>(otherwise);
    }
}

/// As root, and alone.
int alone_as_root(const host_kvm::HostFolders& folders, const std::function<int()>& work) {
    int code = done;
    const int outcome = exit_code_of(
        [&] {
            if (geteuid() != 0)
                throw Failure(Exit::missing, "this needs root");
            const Lock lock{folders};
            stages::catch_interruptions();
            code = work();
        },
        Exit::missing);
    return outcome == done ? code : outcome;
}

/// Does steps that change KVM; if they do not come to their end it is put back.
int change(const host_kvm::HostFolders& folders, const std::function<void()>& steps) {
    const int code = exit_code_of(steps, Exit::failed);
    if (code == done)
        return done;
    say("putting back the modules that were loaded before");
    if (!put_back(folders)) {
        print_way_back(folders);
        return static_cast<int>(Exit::not_back);
    }
    say("done");
    return code;
}

NewModules find_modules(const host_kvm::HostFolders& folders, const LoadRequest& request) {
    return request.own ? find_own_modules(folders, request) : find_new_modules(folders, request);
}

void replace(const host_kvm::HostFolders& folders, const LoadRequest& request, const NewModules& modules) {
    if (request.own)
        replace_with_own(folders, request, modules);
    else
        replace_modules(folders, request, modules);
    check_in_force(folders, request, modules);
}

}  // namespace

int load(const LoadRequest& request) {
    const auto folders = host_kvm::host_folders();
    return alone_as_root(folders, [&] {
        refuse_built_in(folders);
        refuse_other_vendor(folders, request.setting.isa);
        refuse_in_use(folders);
        auto modules = find_modules(folders, request);
        refuse_in_use(folders);  // a build takes its time
        stop_if_interrupted();
        remember(folders, request.previous);
        if (request.own)
            modules = find_modules(folders, request);  // the copies, which stay what was loaded
        const int code = change(folders, [&] { replace(folders, request, modules); });
        if (code == done)
            print_in_force(folders);
        return code;
    });
}

int restore() {
    const auto folders = host_kvm::host_folders();
    return alone_as_root(folders, [&] {
        if (!Remembered{folders}.exists()) {
            say("nothing to restore: load-kvm has loaded nothing since the host started");
            return done;
        }
        refuse_in_use(folders);
        const int code = change(folders, [&] {
            if (!put_back(folders))
                throw Failure(Exit::failed, "the modules could not be put back; trying once more");
        });
        if (code != done)
            return code;
        stop_if_interrupted();
        print_in_force(folders);
        return done;
    });
}

int show() {
    return exit_code_of([] { print_in_force(host_kvm::host_folders()); }, Exit::failed);
}

}  // namespace exitscope::command::load_kvm
