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
            if (NF < 10)
                return NF " columns, not 10"
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
            if (($6 == "-") == ($9 == "-"))
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
    for word in name series settings memory on config headers releases image; do
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

# Prints the lines of the kernels that can be had here: those that are built from source, and those whose packages this distribution
# has.
lines_here() {
    local lines
    lines=$(kernel_lines) || return
    awk -v here="$(this_distribution)" '$6 != "-" || index("," $5 ",", "," here ",")' <<<"$lines"
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

# Prints the versions of this distribution's own kernels among them whose headers can be installed, one a line.
packaged_series() {
    local lines
    lines=$(lines_here) || return
    awk '$6 == "-" && $7 !~ "/" && !seen[$2]++ { print $2 }' <<<"$lines"
}

# Prints the newest of all.
newest_series() {
    series_here | sort -V | tail -n 1
}

# Prints the kernels of lines_here whose prices are listed, one a line: the small ones, which serve all four settings.
priced_kernels() {
    local lines
    lines=$(lines_here) || return
    awk '$6 != "-" && gsub(/[en]pt=[01]/, "&", $3) == 4 { print $1 }' <<<"$lines"
}

# packaged_here NAME: has this distribution the kernel's packages?
packaged_here() {
    [[ ",$(kernel_value "$1" on)," == *",$(this_distribution),"* ]]
}

# first_packaged NAME...: prints the first that this distribution has the packages of, else the first.
first_packaged() {
    local name
    for name; do
        ! packaged_here "$name" || { printf '%s\n' "$name" && return; }
    done
    printf '%s\n' "${1:-}"
}

# Prints the kernel that is used where none is named.
default_kernel() {
    local names
    names=$(kernel_names) || return
    # shellcheck disable=SC2086 # several names
    first_packaged $names
}

# Prints the small kernel, built from source, that is used where none is named: as an inner Linux, and by the tests.
small_kernel() {
    local names
    names=$(kernel_lines | awk '$6 != "-" { print $1 }') || return
    # shellcheck disable=SC2086
    first_packaged $names
}

# headers_package NAME: prints the package of this distribution that brings the kernel's headers; nothing for one that is built.
headers_package() {
    local packages
    packages=$(kernel_value "$1" headers) || return
    tr , '\n' <<<"$packages" | sed -n "s/^$(this_distribution)://p; /[:]/d; /^-$/d; p" | head -n 1
}

# kernel_packages NAME: prints the packages of this distribution that it needs, one a line. Source that it has no package of, and what
# is another suite's, is downloaded when it is wanted.
kernel_packages() {
    local series headers
    series=$(kernel_value "$1" series) && headers=$(headers_package "$1") || return
    [[ $headers != */* ]] || return 0
    ! packaged_here "$1" || printf 'linux-source-%s\n' "$series"
    [[ -z $headers ]] || printf '%s\n' "$headers"
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
    newest_release "$(awk -v series="$1" '$2 "" == series && $8 != "-" { print $8; exit }' <<<"$lines")"
}
