# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# From CTest's LastTest.log: the ten tests that took longest, the longest first, with their seconds.

BEGIN { most = 10 }

/^[0-9]+\/[0-9]+ Testing: / && !in_output {
    name = $0
    sub(/^[^:]*: /, "", name)
}
/^Output:$/ && !in_output { in_output = 1 }
/^<end of output>$/ { in_output = 0 }
/^Test time = / && !in_output { insert($4 + 0, name) }

# Keeps those seen so far in order.
function insert(time, test,    i) {
    for (i = count < most ? ++count : most + 1; i > 1 && seconds[i - 1] < time; i--) {
        seconds[i] = seconds[i - 1]
        names[i] = names[i - 1]
    }
    seconds[i] = time
    names[i] = test
}

END {
    print "\nLongest, in seconds:"
    for (i = 1; i <= count; i++)
        printf "%8.1f %s\n", seconds[i], names[i]
}
