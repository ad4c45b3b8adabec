package dev.steward.playground.stage;

import dev.steward.playground.emulator.Ephemeral;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.Person;
import dev.steward.playground.emulator.View;
import dev.steward.playground.emulator.journal.Delivery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One person of the workspace, acting as people do: by what is on their screen. */
public final class Actor {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_TRIES = 5;

    private final Person person;

    /** Acts as that person. */
    public Actor(Person person) {
        this.person = person;
    }

    /** The person in the emulator. */
    public Person person() {
        return person;
    }

    /** Types a slash command. */
    public Delivery types(String channel, String command, String text) {
        return person.command(channel, command, text);
    }

    /** Waits for a modal with that text on it. */
    public View sees(String text) {
        return Until.present(person.name() + " sees a form with: " + text, LIMIT,
                () -> person.view().filter(view -> view.plainText().contains(text) || view.title().contains(text)));
    }

    /** Does what opens a form with that text, and does it again where a busy machine let the trigger run out, as people do. */
    public View opens(Runnable act, String text) {
        for (int tries = 1;; tries++) {
            act.run();
            try {
                return sees(text);
            } catch (IllegalStateException tooLate) {
                if (tries == MOST_TRIES) {
                    throw tooLate;
                }
            }
        }
    }

    /** Fills fields of the top form, by field name, and submits it. */
    public Delivery submits(Map<String, String> fields) {
        View view = person.view().orElseThrow(() -> new IllegalStateException(person.name() + " has no form open"));
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((field, value) -> values.put(actionId(view, field), value));
        return person.submit(values);
    }

    /** Submits the last page of a form, which must close it. */
    public void finishes(Map<String, String> fields) {
        submits(fields);
        person.view().ifPresent(view -> {
            throw new IllegalStateException("the form is still there: " + view.errors() + "\n" + view.plainText());
        });
    }

    /** Chooses something in the top form that it reacts to. */
    public Delivery chooses(String field, String value) {
        View view = person.view().orElseThrow(() -> new IllegalStateException(person.name() + " has no form open"));
        return person.choose(actionId(view, field), value);
    }

    /** What stands beside a field of the top form. */
    public String errorAt(String field) {
        return person.view().map(view -> view.errorAt(actionId(view, field))).orElse("");
    }

    /** The action id of a field's element. */
    public static String actionId(View view, String field) {
        return view.actionIds().stream().filter(id -> id.equals(field) || id.endsWith(":" + field)).findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no field " + field + " on \"" + view.title() + "\": " + view.actionIds()));
    }

    /** Clicks a button and waits for the private answer to it. */
    public String clicksAndIsTold(Message message, String actionId) {
        int before = person.ephemerals().size();
        person.click(message, actionId);
        return told(before);
    }

    /** Clicks a button that is not there, as a forger would, and waits for the private answer. */
    public String forgesAndIsTold(Message message, String actionId, String value) {
        int before = person.ephemerals().size();
        person.clickRaw(message, actionId, value);
        return told(before);
    }

    /** Types a slash command and waits for the private answer. */
    public String asks(String channel, String command, String text) {
        int before = person.ephemerals().size();
        person.command(channel, command, text);
        return told(before);
    }

    private String told(int before) {
        return Until.present(person.name() + " is answered privately", LIMIT, () -> {
            List<Ephemeral> all = person.ephemerals();
            return all.size() > before ? Optional.of(text(all.getLast())) : Optional.empty();
        });
    }

    private static String text(Ephemeral ephemeral) {
        String visible = ephemeral.plainText();
        return visible.isBlank() ? ephemeral.text() : visible;
    }
}
