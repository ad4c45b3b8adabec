package dev.steward.terraform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that cannot be confused with a later one of the same number: number, start time, boot. Linux only
 * ({@code /proc}, see proc(5)).
 *
 * @param start
 *            clock ticks since boot
 */
record ProcessIdentity(long pid, long start, String boot) {
    private static final Path PROC = Path.of("/proc");

    /** Whether exactly this process lives; one that is dead and not yet waited for does not. */
    boolean alive() {
        return boot.equals(currentBoot()) && Stat.of(pid).filter(s -> s.start == start && !s.dead()).isPresent();
    }

    static String currentBoot() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new IllegalStateException("this system has no /proc: Steward runs Terraform on Linux only", e);
        }
    }

    /**
     * What {@code /proc/PID/stat} says.
     *
     * @param session
     *            the number of the session's leader
     */
    record Stat(long pid, char state, long session, long start) {
        boolean dead() {
            return state == 'Z' || state == 'X';
        }

        /** Of a process, if there is one. */
        static Optional<Stat> of(long pid) {
            try {
                String line = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"),
                        StandardCharsets.ISO_8859_1);
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
                return Optional.of(new Stat(pid, fields[0].charAt(0), Long.parseLong(fields[3]),
                        Long.parseLong(fields[19])));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /** All living processes. */
    static List<Stat> everything() {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).map(Stat::of).flatMap(Optional::stream)
                .filter(s -> !s.dead()).toList();
    }

    /** Whether the process was started with that variable in its environment. */
    static boolean hasVariable(long pid, String name, String value) {
        try {
            String all = Files.readString(PROC.resolve(Long.toString(pid)).resolve("environ"),
                    StandardCharsets.ISO_8859_1);
            byte[] wanted = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
            return ("\0" + all + "\0").contains("\0" + new String(wanted, StandardCharsets.ISO_8859_1) + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads {@code name=value} pairs separated by spaces. */
    static Map<String, String> pairs(String text) {
        var pairs = new HashMap<String, String>();
        for (String pair : text.strip().split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return pairs;
    }
}
