package dev.steward.incidents.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A body that another system posted, read as far as it can be. */
public sealed interface AlertBody {
    /** So many alerts are taken from one body. */
    int MOST = 10_000;

    /**
     * It is as it should be, or some of it is.
     *
     * @param alerts
     *            what is taken
     * @param leftOut
     *            how many alerts are not, by why; nothing of the body is in it
     */
    record Read(List<AlertEvent> alerts, Map<String, Integer> leftOut) implements AlertBody {
        /** How many are left out. */
        public int bad() {
            return leftOut.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** What was taken and what was not, for whoever sent it. */
        public String words() {
            String taken = "Taken: " + alerts.size() + (alerts.size() == 1 ? " alert." : " alerts.");
            return leftOut.isEmpty()
                    ? taken
                    : taken + " Left out: " + leftOut.entrySet().stream()
                            .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
                            .collect(Collectors.joining(", ")) + ".";
        }
    }

    /** Nothing can be made of it; {@code why} is for whoever sent it, and quotes nothing. */
    record Unreadable(String why) implements AlertBody {}

    /**
     * Reads a body.
     *
     * @param now
     *            when it was received
     * @param said
     *            when it was sent, as far as that is known for certain: the time of alerts that tell none
     */
    static AlertBody read(AlertSource source, byte[] body, Instant now, Instant said) {
        return new BodyReader(now, said).read(source, body);
    }
}
