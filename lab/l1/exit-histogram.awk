# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# A kvm_exit histogram as JSON: {"isa":"svm","counts":{"0x72":4711}}. Fails when an event was dropped
# or when the lines do not add up to the kernel's own sum.

# SVM's negative codes, of 32 and of 64 bits, are more than a number of awk holds.
BEGIN {
    for (code = 1; code <= 4; code++) {
        last = sprintf("%x", 16 - code)
        negative[4294967296 - code ""] = "0xfffffff" last
        negative["1844674407370955161" 6 - code] = "0xfffffffffffffff" last
    }
}

/^\{ exit_reason:/ {
    sub(/\}/, " ")
    key = $3
    if (isa == "svm")
        key = $3 in negative ? negative[$3] : sprintf("0x%x", $3)
    counts = counts (counts == "" ? "" : ",") "\"" key "\":" $5
    sum += $5
}

/^ *Hits:/ { hits = $2 }
/^ *Dropped:/ { dropped = $2 }

END {
    if (hits == "" || dropped == "" || dropped != 0 || sum != hits) {
        print "exit-histogram: sum " sum ", hits " hits ", dropped " dropped | "cat >&2"
        exit 1
    }
    print "{\"isa\":\"" isa "\",\"counts\":{" counts "}}"
}
