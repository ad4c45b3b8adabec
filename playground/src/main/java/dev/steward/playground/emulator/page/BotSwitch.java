package dev.steward.playground.emulator.page;

/** The bot's process as far as somebody at the page may watch and end it. All acts return before they have taken effect. */
public interface BotSwitch {
    /** Where nobody attached a process: whoever started the bot looks after it. */
    BotSwitch NONE = new Nobody();

    /** Whether the bot can be spoken to. */
    enum Power {
        UP, STARTING, STOPPING, DOWN
    }

    Power power();

    /** What the process said when it last ended by itself; empty when it did not. */
    String lastWords();

    /** Ends it as a crash would. */
    void kill();

    /** Asks it to stop. */
    void stop();

    void start();

    /** Puts bot and workspace back to the beginning, and starts the bot. */
    void reset();

    /** Whether there is a process to act on. */
    default boolean attached() {
        return true;
    }

    /** No process is known. The bot is taken to be up, since nobody would say when it is not. */
    final class Nobody implements BotSwitch {
        private Nobody() {}

        @Override
        public Power power() {
            return Power.UP;
        }

        @Override
        public String lastWords() {
            return "";
        }

        @Override
        public void kill() {
            throw notHere();
        }

        @Override
        public void stop() {
            throw notHere();
        }

        @Override
        public void start() {
            throw notHere();
        }

        @Override
        public void reset() {
            throw notHere();
        }

        @Override
        public boolean attached() {
            return false;
        }

        private static IllegalStateException notHere() {
            return new IllegalStateException(
                    "No process of the bot is attached to this emulator: it is whoever started it who can stop it");
        }
    }
}
