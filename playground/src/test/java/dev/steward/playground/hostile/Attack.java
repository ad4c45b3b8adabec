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

/** Sends requests over several kept-alive connections, and judges every answer and every call that they cause. */
final class Attack {
    private static final int THREADS = 4;
    private static final int MOST_PROBLEMS = 30;

    private final Stage stage;
    private final Leaks leaks;
    private final int count;
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Map<String, Figures> figures = new TreeMap<>();

    /** What came of one kind. */
    private static final class Figures {
        final Map<Integer, AtomicInteger> byStatus = new ConcurrentSkipListMap<>();
        final AtomicLong slowest = new AtomicLong();
        long took;
    }

    Attack(Stage stage, List<String> secrets, int count) {
        this.stage = stage;
        this.leaks = new Leaks(secrets);
        this.count = count;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Sends as many of a kind as there are to be, and looks at what Slack was told because of them. */
    void run(String kind, IntFunction<Knock> knocks, int port) throws InterruptedException {
        Figures of = new Figures();
        figures.put(kind, of);
        long began = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().name("hostile-" + i).start(() -> {
                try (Wire wire = new Wire(port)) {
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        send(wire, kind, n, knocks.apply(n), of);
                    }
                } catch (RuntimeException e) {
                    problem(kind + ": " + e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        of.took = System.nanoTime() - began;
        judgeCalls(kind);
    }

    private void send(Wire wire, String kind, int number, Knock knock, Figures of) {
        try {
            Wire.Reply reply = wire.send(knock);
            of.byStatus.computeIfAbsent(reply.status(), s -> new AtomicInteger()).incrementAndGet();
            of.slowest.accumulateAndGet(reply.took().toMillis(), Math::max);
            String wrong = wrong(knock, reply);
            if (!wrong.isEmpty()) {
                problem(kind + " " + number + ": " + wrong + "\n  sent " + shortened(knock.text()) + "\n  got "
                        + shortened(reply.head() + reply.body()));
            }
        } catch (IOException e) {
            problem(kind + " " + number + ": " + e.getMessage() + "\n  sent " + shortened(knock.text()));
        }
    }

    private String wrong(Knock knock, Wire.Reply reply) {
        int status = reply.status();
        boolean right = switch (knock.expects()) {
            case ANSWER -> status >= 200 && status < 500 && status != 401;
            case REFUSAL -> status == 401;
            case ANYTHING -> status < 500 || status == 501 || status == 505;
        };
        return right
                ? leaks.in(reply.head() + reply.body(), knock.text()).map(leak -> "the answer says " + leak).orElse("")
                : "status " + status;
    }

    private void judgeCalls(String kind) {
        for (Call call : stage.slack().journal().takeCalls()) {
            leaks.in(call).ifPresent(wrong -> problem(kind + ": " + call.method() + " " + wrong + "\n  "
                    + shortened(call.arguments().toString())));
        }
    }

    /** Waits until nothing is left to be done or to be said. */
    void awaitQuiet() {
        Until.isTrue("all that was begun has ended", Duration.ofMinutes(5), () -> stage.inspect(h -> h.createQuery(
                "SELECT (SELECT count(*) FROM job WHERE kind = 'slack.click' OR due_at <= 0 AND claimed_by IS NULL)")
                .mapTo(Integer.class).one()) == 0);
        judgeCalls("afterwards");
    }

    /** Prints the figures. */
    void report() {
        figures.forEach((kind, of) -> System.out.printf("%-18s %6d sent, %6.0f/s, slowest %d ms, by status %s%n", kind,
                of.byStatus.values().stream().mapToInt(AtomicInteger::get).sum(), count * 1e9 / of.took,
                of.slowest.get(), of.byStatus));
    }

    private void problem(String text) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(text);
        }
    }

    private static String shortened(String text) {
        String shown = text.replace("\r\n", "|").replace("\n", "|");
        return shown.length() < 1500 ? shown : shown.substring(0, 1500) + "... (" + shown.length() + ")";
    }
}
