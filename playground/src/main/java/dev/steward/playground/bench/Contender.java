package dev.steward.playground.bench;

import dev.steward.playground.stage.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of the servers that are compared, and what was measured of it. */
final class Contender implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Server.Plan plan;
    private final Calls commands;
    private final Calls clicks;
    private final Optional<Work> work;
    private Optional<Server> running = Optional.empty();

    private final List<Double> boots = new ArrayList<>();
    private final List<Double> firsts = new ArrayList<>();
    private final List<Double> coldBursts = new ArrayList<>();
    private final List<Double> warmBursts = new ArrayList<>();
    private final Steady commanded = new Steady();
    private final Steady clicked = new Steady();
    private double residentWarm;
    private double residentLoaded;

    /**
     * @param work
     *            what the server does after its acknowledgements; absent where it does nothing
     */
    Contender(Server.Plan plan, Calls commands, Calls clicks, Optional<Work> work) {
        this.plan = plan;
        this.commands = commands;
        this.clicks = clicks;
        this.work = work;
    }

    /** What follows acknowledgements: private answers, and jobs. */
    record Work(Sink sink, Books books) {}

    /** What the rounds of one kind of call came to: one value a round. */
    record Steady(List<Double> medians, List<Double> p99s) {
        Steady() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(Samples round) {
            medians.add(round.median());
            p99s.add(round.percentile(0.99));
        }

        double median() {
            return Samples.of(medians).median();
        }

        double p99() {
            return Samples.of(p99s).median();
        }
    }

    /** Starts the server anew, and measures what it is like before anything has warmed it up. */
    void boot(int burst) {
        close();
        Server server = plan.start();
        running = Optional.of(server);
        boots.add(server.bootMillis());
        settled(1, () -> firsts.add(Load.one(server.port(), commands.next(1).getFirst())));
        settled(burst, () -> coldBursts.add(Load.burst(server.port(), commands.next(burst)).worst()));
    }

    /** Calls that count for nothing. */
    void warmUp(Sizes sizes) {
        steady(commands, sizes, new Steady());
        steady(clicks, sizes, new Steady());
        residentWarm = server().residentMegabytes();
    }

    void command(Sizes sizes) {
        steady(commands, sizes, commanded);
    }

    void click(Sizes sizes) {
        steady(clicks, sizes, clicked);
    }

    void burst(int size) {
        settled(size, () -> warmBursts.add(Load.burst(server().port(), commands.next(size)).worst()));
        residentLoaded = server().residentMegabytes();
    }

    private void steady(Calls calls, Sizes sizes, Steady into) {
        List<byte[]> requests = calls.next(sizes.calls());
        settled(requests.size(), () -> into.add(Load.steady(server().port(), requests, sizes.perSecond())));
    }

    /** Runs, and waits for all that follows the acknowledgements, so that nobody else's measurement suffers from it. */
    private void settled(int calls, Runnable measurement) {
        long before = work.map(w -> w.sink().taken()).orElse(0L);
        measurement.run();
        work.ifPresent(w -> {
            w.sink().await(before, calls);
            Until.isTrue("the work is done", LIMIT, () -> w.books().due() == 0);
        });
    }

    private Server server() {
        return running.orElseThrow(() -> new IllegalStateException("the server was not started"));
    }

    double boot() {
        return Samples.of(boots).median();
    }

    double first() {
        return Samples.of(firsts).worst();
    }

    double coldBurst() {
        return Samples.of(coldBursts).worst();
    }

    double warmBurst() {
        return Samples.of(warmBursts).median();
    }

    Steady commanded() {
        return commanded;
    }

    Steady clicked() {
        return clicked;
    }

    double residentWarm() {
        return residentWarm;
    }

    double residentLoaded() {
        return residentLoaded;
    }

    @Override
    public void close() {
        running.ifPresent(Server::close);
        running = Optional.empty();
    }
}
