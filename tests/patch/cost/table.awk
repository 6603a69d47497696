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

# Whether each sample has to say the same: nothing is written to a buffer.
function is_exact(set) {
    return set !~ /^(tracepoint|perf-record)$/
}

function per_exit(pass, set, kind, ticks) {
    ticks = sample[pass, set, kind, 2] - sample[pass, set, kind, 1]
    if (is_exact(set) && ticks % count[set, 1])
        wrong(set " " kind ": " ticks " instructions are no multiple of " count[set, 1])
    return int(ticks / count[set, 1] + 0.5)
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
    count[$2, size] = $4
    sample[pass, $2, $3, size] = $5
    if ($6 != 6)
        wrong($2 " " $3 ": only " $6 " samples without an interrupt")
    if ($8 != 0 && is_exact($2))
        wrong($2 " " $3 ": " $8 " samples differ")
}

END {
    for (s in seen_set)
        if (count[s, 2] != 2 * count[s, 1])
            wrong(s ": the windows are of " count[s, 1] " and " count[s, 2] " exits")
    for (s = 1; s <= set_count; s++)
        for (k = 1; k <= kind_count; k++) {
            set = sets[s]
            kind = kinds[k]
            cost = per_exit(1, set, kind)
            if (per_exit(2, set, kind) != cost && is_exact(set))
                wrong(set " " kind ": the second pass says " per_exit(2, set, kind))
            printf "COST %-13s %-13s %5d %+5d\n", set, kind, cost, cost - per_exit(1, sets[1], kind)
        }
}
