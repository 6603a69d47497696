# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Reads lab/kernels, which says what its columns mean. Sourced. In awk two words that look like numbers are compared as such,
# 6.1 with 6.10: the empty string after one makes it text.

kernel_table=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/kernels

# Prints the table's lines; fails, and says which line is wrong and why.
kernel_lines() {
    awk -v known='ept=1,ept=0,npt=1,npt=0' '
        function problem(  wanted, count, i) {
            if (NF < 11)
                return NF " columns, not 11"
            if ($1 !~ /^[0-9a-z][0-9a-z.-]*$/)
                return "no name for a kernel"
            if ($1 in seen)
                return "the name is there twice"
            count = split($3, wanted, ",")
            for (i = 1; i <= count; i++)
                if (index("," known ",", "," wanted[i] ",") == 0)
                    return "no such setting: " wanted[i]
            if ($4 !~ /^[1-9][0-9]*$/)
                return "no number of MiB: " $4
            if (($7 == "-") == ($10 == "-"))
                return "either config or image is wanted"
            return ""
        }
        /^#/ || NF == 0 { next }
        {
            wrong = problem()
            if (wrong != "") {
                printf "%s:%d: %s: %s\n", FILENAME, FNR, $1, wrong >"/dev/stderr"
                exit
            }
            seen[$1] = 1
            print
        }
        END {
            if (FNR > 0 && wrong == "" && length(seen) == 0)
                printf "%s: no kernel is in it\n", FILENAME >"/dev/stderr"
            exit wrong != "" || length(seen) == 0
        }' "$kernel_table"
}

# Prints the number of a column by its name.
kernel_column() {
    local word number=0
    for word in name series settings memory on source config headers releases image; do
        number=$((number + 1))
        [[ $word != "$1" ]] || break
    done
    printf '%s\n' "$number"
}

# kernel_value NAME COLUMN: prints what stands there; fails without such a kernel.
kernel_value() {
    local lines
    lines=$(kernel_lines) || return
    awk -v name="$1" -v column="$(kernel_column "$2")" '$1 "" == name { print $column; found = 1 } END { exit !found }' <<<"$lines"
}

# Prints the names, one a line.
kernel_names() {
    local lines
    lines=$(kernel_lines) || return
    awk '{ print $1 }' <<<"$lines"
}

# Prints the distribution that runs here, as the table has it.
this_distribution() {
    # shellcheck source=/dev/null
    (. "${EXITSCOPE_OS_RELEASE:-/etc/os-release}" 2>/dev/null && printf '%s-%s\n' "${ID:-}" "${VERSION_ID:-}")
}

# Prints the lines whose packages this distribution has; all of them where it has none.
lines_here() {
    local lines
    lines=$(kernel_lines) || return
    awk -v here="$(this_distribution)" '
        { all = all $0 "\n" }
        index("," $5 ",", "," here ",") { found = found $0 "\n" }
        END { printf "%s", found == "" ? all : found }' <<<"$lines"
}

# kernels_with COLUMN PATTERN: of lines_here, prints the names of the kernels in whose column the extended regular expression
# is found, one a line.
kernels_with() {
    local lines
    lines=$(lines_here) || return
    awk -v column="$(kernel_column "$1")" -v pattern="$2" '$column ~ pattern { print $1 }' <<<"$lines"
}

# Prints all names of lines_here, one a line.
kernels_here() {
    kernels_with name .
}

# Prints the versions of lines_here, one a line.
series_here() {
    local lines
    lines=$(lines_here) || return
    awk '!seen[$2]++ { print $2 }' <<<"$lines"
}

# Prints the newest of these versions.
newest_series() {
    series_here | sort -V | tail -n 1
}

# Prints the kernels of lines_here that serve all four settings, one a line: those whose prices are listed.
priced_kernels() {
    local lines
    lines=$(lines_here) || return
    awk 'gsub(/[en]pt=[01]/, "&", $3) == 4 { print $1 }' <<<"$lines"
}

# Prints the kernel that is used where none is named.
default_kernel() {
    local lines
    lines=$(lines_here) || return
    awk 'NR == 1 { print $1 }' <<<"$lines"
}

# source_of_series SERIES: prints the name of its archive in /usr/src; fails where the table has none.
source_of_series() {
    local lines
    lines=$(lines_here && kernel_lines) || return
    awk -v series="$1" '$2 "" == series && !found { print $6; found = 1 } END { exit !found }' <<<"$lines"
}

# kernel_packages NAME: prints the packages that it needs, one a line.
kernel_packages() {
    local source headers
    source=$(kernel_value "$1" source) && headers=$(kernel_value "$1" headers) || return
    printf '%s\n' "${source%%.tar*}"
    [[ $headers == - ]] || printf '%s\n' "$headers"
}

# newest_release RELEASES: prints the newest whose headers are installed, or nothing.
newest_release() {
    find /usr/src -maxdepth 1 -name "linux-headers-$1" -printf '%f\n' | sed 's/^linux-headers-//' | sort -V | tail -n 1
}

# release_of_series SERIES: prints the newest release of the distribution's own kernel of that series whose headers are
# installed, or nothing.
release_of_series() {
    local lines
    lines=$(lines_here) || return
    newest_release "$(awk -v series="$1" '$2 "" == series && $9 != "-" { print $9; exit }' <<<"$lines")"
}
