# Runs one command in the session that setsid gave us, so that it outlives the process that asked for it.
#
#   setsid sh launch.sh FOLDER COMMAND ARGUMENT...
#
# Writes FOLDER/process (who runs, since when, on which boot) before the command is executed, and FOLDER/exit
# (its exit code, by rename) when it has ended. A folder serves one command once: the hard link that makes
# FOLDER/process fails when the file is there already, and then nothing is executed.
umask 077

# Sets start to field 22 of what /proc/PID/stat says: when the process started, in clock ticks since boot. The name may
# hold spaces.
fields() {
    set -- ${1##*) }
    start=${20}
}

# Becomes the command. Nothing is started on the way that is not needed: each process costs the run a millisecond or more.
inner() {
    read -r line < /proc/self/stat || exit 125
    pid=${line%% *}
    fields "$line"
    read -r boot < /proc/sys/kernel/random/boot_id || exit 125
    echo "pid=$pid start=$start wrapper=$$ wrapperStart=$wrapper_start boot=$boot end" > "$folder/process.$pid" \
        || exit 125
    ln "$folder/process.$pid" "$folder/process" || exit 125
    # Room for the reports of an apply, by which it is judged, should the disk become full meanwhile.
    : > "$folder/output.jsonl"
    fallocate -n -l 1048576 "$folder/output.jsonl" 2> /dev/null || :
    # The shell adds PWD; what was allowed is all that the command may see.
    unset PWD OLDPWD
    exec "$@" < /dev/null >> "$folder/output.jsonl" 2> "$folder/errors.txt"
}

folder=$1
shift
signalled=
# A signal to the whole group must not cost us the exit code. Not '': the command would inherit that.
trap 'signalled=1' HUP INT TERM
read -r line < "/proc/$$/stat" || exit 125
fields "$line"
wrapper_start=$start
echo "    " > "$folder/exit.tmp"
inner "$@" &
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
line=
read -r line < "$folder/process"
case $line in
*"wrapper=$$ "*)
    # Its room is there since the beginning. If not even that was, it waits for room: without the exit code nobody could
    # say what became of an apply.
    until { echo "$code" 1<> "$folder/exit.tmp"; } 2> /dev/null && [ -s "$folder/exit.tmp" ] &&
        mv "$folder/exit.tmp" "$folder/exit"; do
        [ -d "$folder" ] || break
        sleep 1
    done
    ;;
esac
