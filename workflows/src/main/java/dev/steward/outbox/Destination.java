package dev.steward.outbox;

/** Where a message goes. */
public sealed interface Destination {
    /** The stored form; {@link #parse} reads it back. */
    String text();

    /**
     * A channel.
     *
     * @param name
     *            its name without {@code #}, or its id
     */
    record Channel(String name) implements Destination {
        @Override
        public String text() {
            return "channel:" + name;
        }
    }

    /**
     * A direct message to one person.
     *
     * @param id
     *            the person's row in the catalog
     */
    record Person(long id) implements Destination {
        @Override
        public String text() {
            return "person:" + id;
        }
    }

    /**
     * The page that one person sees who opens the app.
     *
     * @param person
     *            the person's row in the catalog
     */
    record Home(long person) implements Destination {
        @Override
        public String text() {
            return "home:" + person;
        }
    }

    /**
     * The thread of a message that was put in the outbox earlier; it waits until that one is posted.
     *
     * @param key
     *            the other message's key
     */
    record InThread(String key) implements Destination {
        @Override
        public String text() {
            return "thread:" + key;
        }
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Destination parse(String text) {
        String rest = text.substring(text.indexOf(':') + 1);
        return switch (text.substring(0, Math.max(0, text.indexOf(':')))) {
            case "channel" -> new Channel(rest);
            case "person" -> new Person(Long.parseLong(rest));
            case "thread" -> new InThread(rest);
            case "home" -> new Home(Long.parseLong(rest));
            default -> throw new IllegalArgumentException("not a destination: " + text);
        };
    }
}
