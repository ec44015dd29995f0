#!/bin/sh
# A `scanimage` whose feeder is never slow: the pictures in `pages` beside it, as many as `last` says, each with bytes of
# its own, at once or every `pace` seconds. Its key is down while `key` says yes.
here=$(dirname "$0")
case "$*" in
*--formatted-device-list*)
    printf 'paper:0\tMẫu\tMáy nạp giấy\tscanner\n'
    exit;;
*--all-options*)
    echo >>"$here/looked"
    printf '%s\n' "All options specific to device \`paper:0':" \
        '    --mode Color [Color]' \
        '    --resolution 300dpi [300]' \
        '    --source Automatic Document Feeder [Automatic Document Feeder]' \
        "    --scan[=(yes|no)] [$(cat "$here/key" 2>/dev/null || echo no)] [hardware]"
    exit;;
esac
number=0; last=$(cat "$here/last"); set -- "$here"/pages/*.jpg
while read -r _; do
    number=$((number + 1))
    if [ "$number" -gt "$last" ]; then
        echo 'scanimage: sane_start: Document feeder out of documents' >&2
        exit 7
    fi
    if [ -e "$here/pace" ]; then sleep "$(cat "$here/pace")"; fi
    name=$(printf 'p%05d.jpeg' $number)
    { printf '\377\330\377\376\000\016%04d%08d' $(($$ % 10000)) $number; tail -c +3 "$1"; } >"$name"
    echo "$name"
    first=$1; shift; set -- "$@" "$first"
done
