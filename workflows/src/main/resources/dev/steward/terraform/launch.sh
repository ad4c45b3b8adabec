# Runs one command in the session that setsid gave us, so that it outlives the process that asked for it.
#
#   setsid sh launch.sh outer FOLDER COMMAND ARGUMENT...
#
# Writes FOLDER/process (who runs, since when, on which boot) before the command is executed, and FOLDER/exit
# (its exit code, by rename) when it has ended. A folder serves one command once: the hard link that makes
# FOLDER/process fails when the file is there already, and then nothing is executed.
umask 077

# Field 22 of /proc/PID/stat: when the process started, in clock ticks since boot. The name may hold spaces.
started() {
    read -r line < "/proc/$1/stat" || return 1
    set -- "$1" ${line##*) }
    echo "${21}"
}

role=$1
shift
case $role in
outer)
    folder=$1
    signalled=
    # A signal to the whole group must not cost us the exit code. Not '': the command would inherit that.
    trap 'signalled=1' HUP INT TERM
    echo "    " > "$folder/exit.tmp"
    sh "$0" inner "$$" "$@" < /dev/null &
    child=$!
    wait "$child"
    code=$?
    while [ -n "$signalled" ]; do
        # A signal ends the wait early; once the child has been waited for, wait says 127.
        signalled=
        wait "$child"
        again=$?
        [ "$again" -eq 127 ] || code=$again
    done
    case "$(cat "$folder/process")" in
    *"wrapper=$$ "*)
        # Its room is there since the beginning. If not even that was, it waits for room: without the exit code nobody
        # could say what became of an apply.
        until { echo "$code" 1<> "$folder/exit.tmp"; } 2> /dev/null && [ -s "$folder/exit.tmp" ] &&
            mv "$folder/exit.tmp" "$folder/exit"; do
            [ -d "$folder" ] || break
            sleep 1
        done
        ;;
    esac
    ;;
inner)
    wrapper=$1
    folder=$2
    shift 2
    start=$(started "$$") && wrapper_start=$(started "$wrapper") || exit 125
    boot=$(cat /proc/sys/kernel/random/boot_id) || exit 125
    echo "pid=$$ start=$start wrapper=$wrapper wrapperStart=$wrapper_start boot=$boot end" > "$folder/process.$$" || exit 125
    ln "$folder/process.$$" "$folder/process" || exit 125
    rm -f "$folder/process.$$"
    # Room for the reports of an apply, by which it is judged, should the disk become full meanwhile.
    : > "$folder/output.jsonl"
    fallocate -n -l 1048576 "$folder/output.jsonl" 2> /dev/null || :
    # The shell adds PWD; what was allowed is all that the command may see.
    unset PWD OLDPWD
    exec "$@" >> "$folder/output.jsonl" 2> "$folder/errors.txt"
    ;;
esac
