# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# From CTest's LastTest.log: what each test that failed has to say, without what passed. Of a TAP output the "not ok" lines with
# what follows each, from the head as the cause stands first; of any other the end.

BEGIN { most = 40 }

/^[0-9]+\/[0-9]+ Testing: / {
    name = $0
    sub(/^[^:]*: /, "", name)
    lines = 0
    in_output = 0
}
/^<end of output>$/ { in_output = 0 }
in_output { output[++lines] = $0 }
/^Output:$/ && !in_output { getline; in_output = 1 }
/^Test Failed\.$/ && !in_output { tell() }

function tell(    i, tap, shown, telling) {
    print "\n" name ":"
    for (i = 1; i <= lines; i++)
        tap = tap || output[i] ~ /^not ok /
    telling = !tap
    for (i = tap || lines <= most ? 1 : lines - most + 1; i <= lines; i++) {
        if (tap && output[i] ~ /^(not )?ok /) {
            telling = output[i] ~ /^not /
            shown = 0
        }
        if (telling && ++shown <= most)
            print "  " output[i]
    }
    lines = 0
}
