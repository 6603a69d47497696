# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The HTML report in headless Chromium: light, dark, narrow and on paper. Needs chromium and jq.

bats_require_minimum_version 1.5.0

setup_file() {
    export root page
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    page=$BATS_FILE_TMPDIR/page.html
    for setting in ept=1 ept=0 npt=1 npt=0; do
        "$EXITSCOPE" result --setting $setting --serial "$root/tests/golden/$setting.serial" --status 33 --no-host-evidence \
            --out "$BATS_FILE_TMPDIR/results"
    done
    "$EXITSCOPE" report "$BATS_FILE_TMPDIR/results" -o "$page"
    mkdir -p "$PICTURES"
}

browse() {
    chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$BATS_TEST_TMPDIR/profile" \
        --virtual-time-budget=5000 "$@" 2>"$BATS_TEST_TMPDIR/chromium.log" || { cat "$BATS_TEST_TMPDIR/chromium.log" && return 1; }
}

# facts PAGE WIDTH [OPTION...]: what facts.js says of the page in a frame so wide, as JSON.
facts() {
    local from=$1 width=$2
    shift 2
    # The page allows no script; its copy has this one.
    sed '/Content-Security-Policy/d' "$from" >"$BATS_TEST_TMPDIR/told.html"
    { printf '<script>' && cat "$BATS_TEST_DIRNAME/facts.js" && printf '</script>\n'; } >>"$BATS_TEST_TMPDIR/told.html"
    cat >"$BATS_TEST_TMPDIR/frame.html" <<HTML
<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><pre id="facts"></pre>
<script>addEventListener('message', (event) => { document.getElementById('facts').textContent = event.data; });</script>
<iframe src="told.html" width="$width" height="800" style="border:0"></iframe>
HTML
    browse --dump-dom "$@" "file://$BATS_TEST_TMPDIR/frame.html" | sed -n 's,.*<pre id="facts">\(.*\)</pre>.*,\1,p' |
        sed 's/&amp;/\&/g; s/&lt;/</g; s/&gt;/>/g' | tee "$BATS_TEST_TMPDIR/facts.json"
}

picture() {
    local name=$1
    shift
    rm -f "$PICTURES/$name"
    browse --screenshot="$PICTURES/$name" "$@" "file://$page"
    # A page that is there has more than one colour; an empty picture of this size compresses to a few KB.
    [ "$(stat -c %s "$PICTURES/$name")" -gt 30000 ]
}

@test "the page has its parts, in light, and asks for nothing" {
    facts "$page" 1200
    jq -e '.width == 1200 and .requests == 0 and .tables > 5 and .charts > 0 and .unnamed == 0 and (.dark | not)' "$BATS_TEST_TMPDIR/facts.json"
    jq -e '.back == "rgb(255, 255, 255)"' "$BATS_TEST_TMPDIR/facts.json"
    picture light.png --window-size=1200,2400
}

@test "in the dark it is dark" {
    facts "$page" 1200 --blink-settings=preferredColorScheme=0
    jq -e '.dark and .back == "rgb(20, 23, 27)" and .text == "rgb(227, 230, 234)"' "$BATS_TEST_TMPDIR/facts.json"
    picture dark.png --window-size=1200,2400 --blink-settings=preferredColorScheme=0
}

@test "on 400 pixels the page does not scroll sideways, and what does can be reached by the keyboard" {
    facts "$page" 400
    jq -e '.width == 400 and .content <= 400 and .unfocusable == 0' "$BATS_TEST_TMPDIR/facts.json"
    picture narrow.png --window-size=500,2400
}

@test "a page that is too wide is noticed" {
    sed 's,<body>,<body><p style="width:900px">wide</p>,' "$page" >"$BATS_TEST_TMPDIR/wide.html"
    facts "$BATS_TEST_TMPDIR/wide.html" 400
    jq -e '.content > 400' "$BATS_TEST_TMPDIR/facts.json"
}

@test "it can be printed" {
    rm -f "$PICTURES/page.pdf"
    browse --print-to-pdf="$PICTURES/page.pdf" "file://$page"
    [ "$(head -c 5 "$PICTURES/page.pdf")" = "%PDF-" ]
    [ "$(stat -c %s "$PICTURES/page.pdf")" -gt 20000 ]
}
