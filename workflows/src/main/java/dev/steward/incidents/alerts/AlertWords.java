package dev.steward.incidents.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What alerts are called where they are written down. */
final class AlertWords {
    private static final int TITLE = 120;

    private AlertWords() {}

    /** For a timeline: what they did since it was said last, and how they stand. */
    static String happened(int fired, int cleared, AlertGroupView.Firing firing, Optional<Alert> worst) {
        List<String> parts = new ArrayList<>();
        if (fired > 0) {
            parts.add(alerts(fired) + " fired");
        }
        if (cleared > 0) {
            parts.add((fired > 0 ? Integer.toString(cleared) : alerts(cleared)) + " cleared");
        }
        return String.join(", ", parts) + ". " + standing(firing, worst);
    }

    /** For a timeline: how they stand when the incident begins to see to them. */
    static String attached(AlertGroupView.Firing firing, Optional<Alert> worst) {
        return "Alerts are part of this incident from now on. " + standing(firing, worst);
    }

    /** For a timeline: nothing is heard of some of them any more. */
    static String quiet(int alerts, AlertSource source, Duration since, AlertGroupView.Firing firing,
            Optional<Alert> worst) {
        return alerts(alerts) + " went quiet: nothing was heard of " + (alerts == 1 ? "it" : "them") + " from "
                + source.title() + " for " + lasted(since) + ", not even that " + (alerts == 1 ? "it is" : "they are")
                + " over. " + standing(firing, worst);
    }

    private static String lasted(Duration time) {
        return time.toMinutes() % 60 == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }

    private static String standing(AlertGroupView.Firing firing, Optional<Alert> worst) {
        if (firing.alerts() == 0) {
            return "None fires now.";
        }
        String now = firing.alerts() + (firing.alerts() == 1 ? " fires now" : " fire now");
        return worst.map(alert -> now + ", the worst " + alert.told().name() + " (" + alert.told().severity().text()
                + ").").orElse(now + ".");
    }

    static String alerts(int count) {
        return count + (count == 1 ? " alert" : " alerts");
    }

    /** What an incident declared for them is proposed to be called. */
    static String title(Optional<String> service, Alert worst) {
        String name = worst.told().name();
        String title = service.map(s -> s + ": " + name).orElse(name);
        return title.length() <= TITLE ? title : title.substring(0, TITLE - 1).strip();
    }

    /** How long ago that was. */
    static String ago(Instant at, Instant now) {
        long minutes = Math.max(0, Duration.between(at, now).toMinutes());
        return minutes == 0 ? "just now" : minutes < 120 ? minutes + " min ago" : minutes / 60 + " h ago";
    }
}
