# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Makes a table of what an exit costs from the COST lines that init prints: the instructions of twice as many exits
# less those of so many, by their number. Lines begin with "COST" (setting, kind, instructions, added to stock) or,
# where a figure is not exact, with "WRONG". With the tracepoint on, each page of the trace buffer that fills costs
# extra: its figure is what most samples say, and need not be exact.

function wrong(what) {
    print "WRONG " what
}

function per_exit(pass, set, kind, ticks) {
    ticks = sample[pass, set, kind, 2] - sample[pass, set, kind, 1]
    if (set !~ /tracepoint/ && ticks % count[1])
        wrong(set " " kind ": " ticks " instructions are no multiple of " count[1])
    return int(ticks / count[1] + 0.5)
}

$1 == "PASS" { pass = $2 }
$1 == "FAILED" { wrong($0) }

$1 == "COST" {
    if (!($2 in seen_set)) {
        seen_set[$2]
        sets[++set_count] = $2
    }
    if (!($3 in seen_kind)) {
        seen_kind[$3]
        kinds[++kind_count] = $3
    }
    size = (pass, $2, $3, 1) in sample ? 2 : 1
    count[size] = $4
    sample[pass, $2, $3, size] = $5
    if ($6 != 6)
        wrong($2 " " $3 ": only " $6 " samples without an interrupt")
    if ($8 != 0 && $2 !~ /tracepoint/)
        wrong($2 " " $3 ": " $8 " samples differ")
}

END {
    if (count[2] != 2 * count[1])
        wrong("the windows are of " count[1] " and " count[2] " exits")
    for (s = 1; s <= set_count; s++)
        for (k = 1; k <= kind_count; k++) {
            set = sets[s]
            kind = kinds[k]
            cost = per_exit(1, set, kind)
            if (per_exit(2, set, kind) != cost && set !~ /tracepoint/)
                wrong(set " " kind ": the second pass says " per_exit(2, set, kind))
            printf "COST %-13s %-13s %5d %+5d\n", set, kind, cost, cost - per_exit(1, sets[1], kind)
        }
}
