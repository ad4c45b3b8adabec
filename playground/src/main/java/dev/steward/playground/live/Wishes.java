package dev.steward.playground.live;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param home where everything is kept
 */
public record Wishes(Ports ports, Path home, boolean fresh, boolean socket) {
    /** A command line that is none: what is wrong with it. */
    public static final class Unclear extends Exception {
        private static final long serialVersionUID = 1;

        Unclear(String why) {
            super(why);
        }
    }

    /**
     * Where the playground listens, on the loopback address.
     *
     * @param page  the emulator, with the page
     * @param bot   Slack's requests to the bot
     * @param state the bot's, for Terraform
     */
    public record Ports(int page, int bot, int state) {
        static final int USUAL = 8090;

        /** Three in a row. */
        static Ports from(int first) {
            return new Ports(first, first + 1, first + 2);
        }

        List<Integer> all() {
            return List.of(page, bot, state);
        }
    }

    /** Reads the words after {@code playground}. */
    public static Wishes read(List<String> words, Path root) throws Unclear {
        Deque<String> left = new ArrayDeque<>(words);
        Ports ports = Ports.from(Ports.USUAL);
        Path home = root.resolve(".playground");
        boolean fresh = false;
        boolean socket = false;
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            switch (word) {
                case "--fresh" -> fresh = true;
                case "--socket" -> socket = true;
                case "--port" -> ports = Ports.from(port(next(word, left)));
                case "--home" -> home = Path.of(next(word, left));
                default -> throw new Unclear("There is no " + word);
            }
        }
        return new Wishes(ports, home.toAbsolutePath().normalize(), fresh, socket);
    }

    private static String next(String word, Deque<String> left) throws Unclear {
        return Optional.ofNullable(left.pollFirst()).orElseThrow(() -> new Unclear(word + " needs a value"));
    }

    private static int port(String given) throws Unclear {
        if (!given.matches("[1-9]\\d{0,4}") || Integer.parseInt(given) > 65_533) {
            throw new Unclear("--port takes a number from 1 to 65533, not " + given);
        }
        return Integer.parseInt(given);
    }
}
