# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# CONTRIBUTING.md's recipe for an output format: one file more, and two lines in a table. Needs g++ and the command's libraries.

load recipes

setup() {
    copy=$BATS_TEST_TMPDIR/copy
    make_copy "$copy"
    cd "$copy"
}

# The recipe, for a format that is called setting.
add_format() {
    local folder=command/show declaration entry
    {
        sed -E '/^(namespace \{|std::string .*)$/,$d' $folder/format_folded.cpp
        recipe 'An output format' 1
        printf '\n}  // namespace exitscope::command::show\n'
    } | sed 's/NAME/setting/' >$folder/format_setting.cpp
    declaration=$(recipe 'An output format' 2 | sed -n '1s/NAME/setting/p')
    entry=$(recipe 'An output format' 2 | sed -n '2s/NAME/setting/gp')
    sed -i -e "/^struct Format {/i $declaration\n" -e "/^    {\"folded\", /a \    $entry" $folder/formats.h
}

# Everything that show includes, and show's own command, in one go: the whole command would take a minute.
build_show() {
    local rooms
    rooms=$(awk '$1 == "command/show"' tests/lint/rooms.txt | tr ' ' '\n' | grep '^command/'; echo command/usage)
    {
        for room in $rooms; do
            printf '#include "%s"\n' "$PWD/$room"/*.cpp
        done
        cat <<CPP
#include "$PWD/command/commands/show_command.cpp"

int main(int argc, char** argv) {
    exitscope::command::usage::CommandLine line{"exitscope", "", ""};
    exitscope::command::commands::add_show_command(line);
    return line.run(argc, argv);
}
CPP
    } >"$BATS_TEST_TMPDIR/show.cpp"
    g++ -std=c++20 -O0 -Icommand -I. -Iabi -o "$BATS_TEST_TMPDIR/exitscope" "$BATS_TEST_TMPDIR/show.cpp" -lfmt -lz
}

@test "an output format is one file, and two lines in the table" {
    add_format
    lines=$(wc -l <command/show/format_setting.cpp)
    diff <(touched . | grep -v formats.h) <(echo "+$lines-0 command/show/format_setting.cpp")
    touched . | grep -xE '\+[23]-0 command/show/formats.h' # with the empty line between declarations
    clang-format --dry-run --Werror command/show/format*
    . scripts/completion.bash
    COMP_WORDS=(exitscope show --format s) COMP_CWORD=3
    _exitscope
    [ "${COMPREPLY[*]}" = setting ]
}

@test "show knows the new format, and its help names it" {
    add_format
    build_show
    run "$BATS_TEST_TMPDIR/exitscope" show tests/golden/ept=1.json --format setting
    [ "$output" = 'ept=1' ]
    [ "$status" -eq 0 ]
    run "$BATS_TEST_TMPDIR/exitscope" show tests/golden/ept=1.json --format settings
    [[ $output == *settings* && $status -ne 0 ]]
    "$BATS_TEST_TMPDIR/exitscope" show --help | tr -s ' \n' ' ' | grep -F 'folded (stacks for a flame graph), setting (what --help says of it)'
}
