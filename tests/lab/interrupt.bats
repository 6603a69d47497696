# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Ctrl-C in the middle of a measurement: the exit code, and that nothing is left behind.

load settings

setup() {
    l1=$(small_kernel)
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export TMPDIR=$BATS_TEST_TMPDIR
    "$root/scripts/build-kvm" --kernel-build "$("$root/lab/build-kernel" --l1 "$l1")/build" >/dev/null
}

# interrupted COMMAND...: starts it in a session of its own, sends INT to its foreground group, as a terminal
# does, once L1 is up, and prints its exit code; fails if a process of the session or a file is left.
interrupted() {
    python3 - "$@" <<'PYTHON'
import glob, os, signal, subprocess, sys, time
process = subprocess.Popen(sys.argv[1:], start_new_session=True, stdin=subprocess.DEVNULL)
logs = os.environ["TMPDIR"] + "/exitscope-run.*/**/l1.log"
deadline = time.time() + 300
while not any("L1 is up" in open(log, errors="replace").read() for log in glob.glob(logs, recursive=True)):
    assert process.poll() is None, "ended before L1 was up"
    assert time.time() < deadline, "L1 never came up"
    time.sleep(0.1)
os.killpg(process.pid, signal.SIGINT)
status = process.wait(timeout=30)
time.sleep(1)
listed = subprocess.run(["ps", "-o", "stat=,pid=,args=", "-s", str(process.pid)], capture_output=True, text=True).stdout
left = [line for line in listed.splitlines() if not line.startswith("Z")]  # a zombie has ended
assert not left, f"left behind: {left}"
assert not glob.glob(os.environ["TMPDIR"] + "/exitscope-*"), "files left behind"
print("status", status)
PYTHON
}

@test "Ctrl-C of scripts/lab ends everything it started" {
    run interrupted "$root/scripts/lab" --l1 "$l1" --setting npt=1 --kernel "$GUEST" --append iterations=5000
    echo "$output"
    [[ $output == *"status 130"* ]]
}

@test "Ctrl-C of scripts/run ends everything it started" {
    run interrupted "$root/scripts/run" --l1 "$l1" --setting npt=1 --setting ept=1 --iterations 5000 --out "$BATS_TEST_TMPDIR/results"
    echo "$output"
    [[ $output == *"status 130"* ]]
    [ ! -e "$BATS_TEST_TMPDIR/results/npt=1.json" ]
}
