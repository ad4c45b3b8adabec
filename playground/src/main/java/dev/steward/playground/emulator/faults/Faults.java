package dev.steward.playground.emulator.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The faults on order. A fault is active from the moment it is named and holds for every matching call, until narrowed by
 * {@link Order#times}, {@link Order#probability} or {@link Order#lasting}. Chance comes from a seeded source, so that a run
 * can be repeated. Safe for concurrent use.
 */
public final class Faults {
    private static final long SEED = 20261120;
    /** How many orders that are over are still told of. */
    private static final int TOLD = 20;

    private final LongSupplier nanos;
    private final List<Order> orders = new ArrayList<>();
    private final Deque<Order> over = new ArrayDeque<>();
    private final Map<String, Integer> struck = new TreeMap<>();
    private Random random = new Random(SEED);
    private long last;

    public Faults() {
        this(System::nanoTime);
    }

    /** Faults whose time is told by that. */
    Faults(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Faults for calls of one API method, or of all with {@code *}; {@code response_url} names response URLs. */
    public Target on(String method) {
        return new Target(new Standing.Aim(false, method, Optional.empty()));
    }

    /** Faults for deliveries of one kind: {@code command}, {@code event_callback}, {@code block_actions}, ... or {@code *}. */
    public DeliveryTarget onDelivery(String kind) {
        return new DeliveryTarget(new Standing.Aim(true, kind, Optional.empty()));
    }

    /** Withdraws all orders and forgets what struck. Calls and deliveries that wait because of one go on. */
    public synchronized void clear() {
        orders.forEach(order -> order.withdrawn = true);
        over.forEach(order -> order.withdrawn = true);
        orders.clear();
        over.clear();
        struck.clear();
        random = new Random(SEED);
        notifyAll();
    }

    /** Withdraws one order, or forgets one that is over; answers whether there was one. */
    public synchronized boolean withdraw(long id) {
        List<Order> meant = Stream.concat(orders.stream(), over.stream()).filter(order -> order.id == id).toList();
        meant.forEach(order -> order.withdrawn = true);
        orders.removeAll(meant);
        over.removeAll(meant);
        notifyAll();
        return !meant.isEmpty();
    }

    /** Begins the sequence of chances anew, from a seed of one's own. */
    public synchronized void seed(long seed) {
        random = new Random(seed);
    }

    /** The orders that still hold, oldest first. */
    public synchronized List<Standing> standing() {
        endOverdue();
        return orders.stream().map(Order::standing).toList();
    }

    /** The last orders that are used up, or whose time is over, oldest first. */
    public synchronized List<Standing> over() {
        endOverdue();
        return over.stream().map(Order::standing).toList();
    }

    /** How often each kind of fault struck so far, by its word. */
    public synchronized Map<String, Integer> struck() {
        return new TreeMap<>(struck);
    }

    /** The fault that strikes this call, using it up where it is counted. The oldest matching order wins. */
    public Optional<Strike> strike(String method, String channel) {
        return next(new Standing.Aim(false, method, Optional.of(channel)));
    }

    /** The fault that strikes this delivery; the channel is empty where it is about none. */
    public Optional<Strike> strikeDelivery(String kind, String channel) {
        return next(new Standing.Aim(true, kind, Optional.of(channel)));
    }

    private synchronized Optional<Strike> next(Standing.Aim happened) {
        endOverdue();
        for (Order order : List.copyOf(orders)) {
            if (!order.meant(happened) || (order.probability < 1 && random.nextDouble() >= order.probability)) {
                continue;
            }
            order.struck++;
            if (--order.remaining == 0) {
                end(order);
            }
            Fault fault = order.faults.get(order.faults.size() == 1 ? 0 : random.nextInt(order.faults.size()));
            struck.merge(fault.label(), 1, Integer::sum);
            return Optional.of(new Strike(fault, this, () -> order.withdrawn));
        }
        return Optional.empty();
    }

    private void endOverdue() {
        orders.stream().filter(order -> order.left().filter(left -> !left.isPositive()).isPresent()).toList()
                .forEach(this::end);
    }

    private void end(Order order) {
        orders.remove(order);
        over.addLast(order);
        if (over.size() > TOLD) {
            over.removeFirst();
        }
    }

    private synchronized Order add(Standing.Aim aim, Fault... faults) {
        Order order = new Order(++last, aim, List.of(faults));
        orders.add(order);
        return order;
    }

    /** One order: a fault, or one of several, for a kind of call. */
    public final class Order {
        private final long id;
        private final Standing.Aim aim;
        private final List<Fault> faults;
        private final long begun = nanos.getAsLong();
        private Optional<Duration> lasting = Optional.empty();
        private long remaining = Long.MAX_VALUE;
        private double probability = 1;
        private int struck;
        private boolean withdrawn;

        private Order(long id, Standing.Aim aim, List<Fault> faults) {
            this.id = id;
            this.aim = aim;
            this.faults = faults;
        }

        /** By which it can be withdrawn. */
        public long id() {
            return id;
        }

        private boolean meant(Standing.Aim happened) {
            return aim.delivery() == happened.delivery()
                    && (aim.target().equals("*") || aim.target().equals(happened.target()))
                    && (aim.channel().isEmpty() || aim.channel().equals(happened.channel()));
        }

        private Optional<Duration> left() {
            return lasting.map(all -> all.minusNanos(nanos.getAsLong() - begun));
        }

        private Standing standing() {
            Optional<Long> times = remaining > Integer.MAX_VALUE ? Optional.empty() : Optional.of(remaining);
            return new Standing(id, aim, faults, new Standing.Limits(times, probability, left()), struck);
        }

        /** Holds for the next {@code count} matching calls; 0 withdraws the order. */
        public Order times(int count) {
            synchronized (Faults.this) {
                remaining = count;
                if (count <= 0) {
                    orders.remove(this);
                }
            }
            return this;
        }

        /** Strikes each matching call with this chance, from 0 to 1. */
        public Order probability(double chance) {
            synchronized (Faults.this) {
                probability = chance;
            }
            return this;
        }

        /** Holds for this much wall time from when it was ordered. */
        public Order lasting(Duration time) {
            synchronized (Faults.this) {
                lasting = Optional.of(time);
            }
            return this;
        }
    }

    /** The calls that a fault is meant for. */
    public final class Target {
        private final Standing.Aim aim;

        private Target(Standing.Aim aim) {
            this.aim = aim;
        }

        /** Only calls whose {@code channel} argument is exactly this, and response URLs that lead there. */
        public Target inChannel(String channelId) {
            return new Target(new Standing.Aim(false, aim.target(), Optional.of(channelId)));
        }

        public Order rateLimited(Duration retryAfter) {
            return add(aim, new Fault.RateLimited(retryAfter));
        }

        public Order serverError(int status) {
            return add(aim, new Fault.ServerError(status));
        }

        public Order slow(Duration by) {
            return add(aim, new Fault.Slow(by));
        }

        public Order hang(Duration until) {
            return add(aim, new Fault.Hang(until));
        }

        public Order connectionReset() {
            return add(aim, new Fault.Reset());
        }

        public Order responseLost() {
            return add(aim, new Fault.ResponseLost());
        }

        public Order truncated() {
            return add(aim, new Fault.Truncated());
        }

        public Order malformedBody() {
            return add(aim, new Fault.MalformedBody());
        }

        /** Each time one of these, all equally likely. */
        public Order oneOf(Fault... faults) {
            return add(aim, faults);
        }
    }

    /** The deliveries that a fault is meant for. */
    public final class DeliveryTarget {
        private final Standing.Aim aim;

        private DeliveryTarget(Standing.Aim aim) {
            this.aim = aim;
        }

        /** Only what was done, or happened, in this channel. */
        public DeliveryTarget inChannel(String channelId) {
            return new DeliveryTarget(new Standing.Aim(true, aim.target(), Optional.of(channelId)));
        }

        /** Sent twice at once. */
        public Order duplicated() {
            return duplicated(Duration.ZERO);
        }

        /** Sent again that long after it was answered. */
        public Order duplicated(Duration after) {
            return add(aim, new Fault.Duplicated(after));
        }

        /** Overtaken by the next delivery, or late by that much when there is none. */
        public Order reordered(Duration atMost) {
            return add(aim, new Fault.Reordered(atMost));
        }

        /** Each time one of these, all equally likely. */
        public Order oneOf(Fault... faults) {
            return add(aim, faults);
        }

        public Order late(Duration by) {
            return add(aim, new Fault.Late(by));
        }

        /** Sent over a connection of Socket Mode that breaks at once; over HTTP it does nothing. */
        public Order socketDropped() {
            return add(aim, new Fault.SocketDropped());
        }
    }
}
