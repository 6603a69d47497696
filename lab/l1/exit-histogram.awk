# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# A kvm_exit histogram as JSON: {"isa":"svm","counts":{"0x72":4711}}. Fails when an event was dropped
# or when the lines do not add up to the kernel's own sum.

/^\{ exit_reason:/ {
    sub(/\}/, " ")
    key = isa == "svm" ? sprintf("0x%x", $3) : $3
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
