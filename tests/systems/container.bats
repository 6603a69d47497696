# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# lab/Containerfile without a container: its RUN lines in a new system, and what it starts as its user. Needs root, debootstrap, a
# network, and SUITE (set by ctest).

setup() {
    containerfile=$BATS_TEST_DIRNAME/../../lab/Containerfile
}

# value INSTRUCTION: what stands there in the Containerfile.
value() {
    sed -n "s/^$1 //p" "$containerfile"
}

@test "an ordinary user gets the four settings out of lab/Containerfile's lines" {
    user=$(value USER)
    results=$(value WORKDIR)
    [ "$(value COPY)" = '. /exitscope' ]
    run "$BATS_TEST_DIRNAME/in-system" "$SUITE" --fresh bash -euc "
        cp -r --no-preserve=ownership . /exitscope
        sed -i '/tester/d' /etc/passwd # whose number is the container's user's
        $(value RUN)
        [[ ! -e /dev/kvm ]]
        cd $results
        begin=\$SECONDS
        setpriv --reuid=$user --regid=$user --clear-groups env HOME=/home/$user $(value ENV) $(value ENTRYPOINT | tr -d '[]"') >/tmp/table
        echo took \$((SECONDS - begin))
        stat -c '%U %n' results/*.json $(value VOLUME)/exitscope"
    echo "$output"
    echo "# $SUITE: lab/in-container $(grep -x 'took [0-9]*' <<<"$output") s" >&3
    [ "$status" -eq 0 ]
    diff <(tail -n 5 <<<"$output") <(printf "$user %s\n" results/{ept=0,ept=1,npt=0,npt=1}.json /cache/exitscope)
}
