package dev.steward.playground.hostile;

import dev.steward.playground.emulator.journal.Call;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Sends requests over several kept-alive connections, and judges every answer and every call that they cause. */
final class Attack {
    private static final int THREADS = 4;
    private static final int MOST_PROBLEMS = 30;
    private static final Duration QUIET = Duration.ofMinutes(5);

    private final Stage stage;
    private final Leaks leaks;
    private final Untouched untouched;
    private final Logs logs;
    private final int count;
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicInteger left = new AtomicInteger();
    private final Map<String, Figures> figures = new TreeMap<>();

    /** What came of one kind. */
    private static final class Figures {
        final Map<Integer, AtomicInteger> byStatus = new ConcurrentSkipListMap<>();
        final AtomicLong slowest = new AtomicLong();
        final AtomicInteger leaks = new AtomicInteger();
        int effects;
        int logged;
        long took;

        int sent() {
            return byStatus.values().stream().mapToInt(AtomicInteger::get).sum();
        }

        String row(String kind) {
            String statuses = byStatus.entrySet().stream().map(s -> s.getKey() + ": " + s.getValue())
                    .collect(Collectors.joining(", "));
            return "| %s | %d | %s | %d | %d | %d | %.0f s | %d ms |".formatted(kind, sent(), statuses, effects,
                    leaks.get(), logged, took / 1e9, slowest.get());
        }
    }

    /**
     * An attack that has not begun.
     *
     * @param leaks
     *            what no answer and no call may say
     * @param untouched
     *            what nothing that is sent may move
     * @param count
     *            how many are sent of each kind
     */
    Attack(Stage stage, Leaks leaks, Untouched untouched, Logs logs, int count) {
        this.stage = stage;
        this.leaks = leaks;
        this.untouched = untouched;
        this.logs = logs;
        this.count = count;
    }

    /** What was wrong: the first of it in words, the rest as a number. */
    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        if (left.get() > 0) {
            all.add("and " + left + " more");
        }
        return all;
    }

    /** Sends as many of a kind as there are to be, waits for what they began, and looks at what came of them. */
    void run(String kind, IntFunction<Knock> knocks, int port) throws InterruptedException, IOException {
        Figures of = new Figures();
        figures.put(kind, of);
        long began = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().name("hostile-" + i).start(() -> sendAll(kind, knocks, port, next, of)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        of.took = System.nanoTime() - began;
        if (of.sent() < count) {
            problem(kind + ": only " + of.sent() + " were sent and answered");
        }
        awaitQuiet();
        judge(kind, of);
    }

    private void sendAll(String kind, IntFunction<Knock> knocks, int port, AtomicInteger next, Figures of) {
        try (Wire wire = new Wire(port)) {
            for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                try {
                    send(wire, kind, n, knocks.apply(n), of);
                } catch (RuntimeException e) {
                    problem(kind + " " + n + ": could not be made or judged: " + e);
                }
            }
        }
    }

    private void send(Wire wire, String kind, int number, Knock knock, Figures of) {
        try {
            Wire.Reply reply = wire.send(knock);
            of.byStatus.computeIfAbsent(reply.status(), s -> new AtomicInteger()).incrementAndGet();
            of.slowest.accumulateAndGet(reply.took().toMillis(), Math::max);
            if (!isRight(knock, reply.status())) {
                problem(kind + " " + number + ": status " + reply.status() + shown(knock, reply));
            }
            leaks.in(reply.head() + reply.body(), knock.text()).ifPresent(leak -> {
                of.leaks.incrementAndGet();
                problem(kind + " " + number + ": the answer says " + leak + shown(knock, reply));
            });
        } catch (IOException e) {
            problem(kind + " " + number + ": " + e.getMessage() + "\n  sent " + shortened(knock.text()));
        }
    }

    private static boolean isRight(Knock knock, int status) {
        return switch (knock.expects()) {
            case ANSWER -> status >= 200 && status < 500 && status != 401;
            case REFUSAL -> status == 401;
            case ANYTHING -> status < 500 || status == 501 || status == 505;
        };
    }

    /** Calls of Slack, rows and lines of the log. */
    private void judge(String kind, Figures of) throws IOException {
        for (Call call : stage.slack().journal().takeCalls()) {
            leaks.in(call).ifPresent(wrong -> {
                of.leaks.incrementAndGet();
                problem(kind + ": " + call.method() + " " + wrong + "\n  " + shortened(call.arguments().toString()));
            });
        }
        List<String> effects = untouched.changes();
        of.effects += effects.size();
        effects.forEach(effect -> problem(kind + ": without authority: " + shortened(effect)));
        List<String> failures = logs.failures();
        of.logged += failures.size();
        failures.forEach(line -> problem(kind + ": the log: " + shortened(line)));
    }

    /** Waits until nothing is left to be done. */
    private void awaitQuiet() {
        Until.isTrue("all that was begun has ended", QUIET, () -> stage.inspect(h -> h.createQuery(
                "SELECT count(*) FROM job WHERE kind = 'slack.click' OR due_at <= 0 AND claimed_by IS NULL")
                .mapTo(Integer.class).one()) == 0);
    }

    /** Looks at what is still to be said, as it stands in the outbox: thousands of answers take their time. */
    void judgeWhatWaits() throws IOException {
        Figures of = figures.computeIfAbsent("afterwards", k -> new Figures());
        judge("afterwards", of);
        for (String message : stage.inspect(h -> h.createQuery("SELECT view || ' ' || args FROM outbox")
                .mapTo(String.class).list())) {
            leaks.in(message, "").ifPresent(leak -> {
                of.leaks.incrementAndGet();
                problem("to be said: " + leak + " in " + shortened(message));
            });
        }
    }

    /** Prints the figures, as rows of a table. */
    void report() {
        System.out.println("| kind | sent | answers by status | effects | leaks | failures logged | time | slowest |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        figures.forEach((kind, of) -> System.out.println(of.row(kind)));
    }

    private void problem(String text) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(text);
        } else {
            left.incrementAndGet();
        }
    }

    private static String shown(Knock knock, Wire.Reply reply) {
        return "\n  sent " + shortened(knock.text()) + "\n  got " + shortened(reply.head() + reply.body());
    }

    private static String shortened(String text) {
        String shown = text.replace("\r\n", "|").replace("\n", "|");
        return shown.length() < 1500 ? shown : shown.substring(0, 1500) + "... (" + shown.length() + ")";
    }
}
