package dev.steward.playground.emulator.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The faults on order. A fault is active from the moment it is named and holds for every matching call, until narrowed by
 * {@link Order#times} or {@link Order#probability}. Chance comes from a seeded source, so that a run can be repeated.
 * Safe for concurrent use.
 */
public final class Faults {
    private static final String DELIVERY = "delivery:";
    private static final long SEED = 20261120;

    private final List<Order> orders = new ArrayList<>();
    private final Map<String, Integer> struck = new TreeMap<>();
    private Random random = new Random(SEED);

    /** Faults for calls of one API method, or of all with {@code *}; {@code response_url} names response URLs. */
    public Target on(String method) {
        return new Target(method, Optional.empty());
    }

    /** Faults for deliveries of one kind: {@code command}, {@code event_callback}, {@code block_actions}, ... or {@code *}. */
    public DeliveryTarget onDelivery(String kind) {
        return new DeliveryTarget(DELIVERY + kind);
    }

    /** Withdraws all orders and forgets what struck. */
    public synchronized void clear() {
        orders.clear();
        struck.clear();
        random = new Random(SEED);
    }

    /** Begins the sequence of chances anew, from a seed of one's own. */
    public synchronized void seed(long seed) {
        random = new Random(seed);
    }

    /**
     * An order as it stands.
     *
     * @param target a method or a kind of delivery, or {@code *}
     * @param fault  its short name, or several of them
     * @param times  for how many more calls it holds, where that is counted
     */
    public record Standing(boolean delivery, String target, Optional<String> channel, String fault,
            Optional<Long> times, double probability) {}

    /** The orders that still hold, oldest first. */
    public synchronized List<Standing> standing() {
        return orders.stream().map(Order::standing).toList();
    }

    /** How often each kind of fault struck so far, by its short name. */
    public synchronized Map<String, Integer> struck() {
        return new TreeMap<>(struck);
    }

    /** The fault that strikes this call, using it up where it is counted. The oldest matching order wins. */
    public Optional<Fault> strike(String method, String channel) {
        return next(method, "*", channel);
    }

    /** The fault that strikes this delivery. */
    public Optional<Fault> strikeDelivery(String kind) {
        return next(DELIVERY + kind, DELIVERY + "*", "");
    }

    private synchronized Optional<Fault> next(String name, String all, String channel) {
        for (Iterator<Order> each = orders.iterator(); each.hasNext();) {
            Order order = each.next();
            boolean matches = order.name.equals(name) || order.name.equals(all);
            if (!matches || order.channel.filter(wanted -> !wanted.equals(channel)).isPresent()) {
                continue;
            }
            if (order.probability < 1 && random.nextDouble() >= order.probability) {
                continue;
            }
            if (--order.remaining == 0) {
                each.remove();
            }
            Fault fault = order.faults.get(order.faults.size() == 1 ? 0 : random.nextInt(order.faults.size()));
            struck.merge(fault.label(), 1, Integer::sum);
            return Optional.of(fault);
        }
        return Optional.empty();
    }

    private synchronized Order add(String name, Optional<String> channel, Fault... faults) {
        Order order = new Order(name, channel, List.of(faults));
        orders.add(order);
        return order;
    }

    /** One order: a fault, or one of several, for a kind of call. */
    public final class Order {
        private final String name;
        private final Optional<String> channel;
        private final List<Fault> faults;
        private long remaining = Long.MAX_VALUE;
        private double probability = 1;

        private Order(String name, Optional<String> channel, List<Fault> faults) {
            this.name = name;
            this.channel = channel;
            this.faults = faults;
        }

        private Standing standing() {
            boolean delivery = name.startsWith(DELIVERY);
            return new Standing(delivery, delivery ? name.substring(DELIVERY.length()) : name, channel,
                    faults.stream().map(Fault::label).collect(Collectors.joining(" or ")),
                    remaining == Long.MAX_VALUE ? Optional.empty() : Optional.of(remaining), probability);
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
    }

    /** The calls that a fault is meant for. */
    public final class Target {
        private final String method;
        private final Optional<String> channel;

        private Target(String method, Optional<String> channel) {
            this.method = method;
            this.channel = channel;
        }

        /** Only calls whose {@code channel} argument is exactly this. */
        public Target inChannel(String channelId) {
            return new Target(method, Optional.of(channelId));
        }

        public Order rateLimited(Duration retryAfter) {
            return add(method, channel, new Fault.RateLimited(retryAfter));
        }

        public Order serverError(int status) {
            return add(method, channel, new Fault.ServerError(status));
        }

        public Order slow(Duration by) {
            return add(method, channel, new Fault.Slow(by));
        }

        public Order hang(Duration until) {
            return add(method, channel, new Fault.Hang(until));
        }

        public Order connectionReset() {
            return add(method, channel, new Fault.Reset());
        }

        public Order responseLost() {
            return add(method, channel, new Fault.ResponseLost());
        }

        public Order truncated() {
            return add(method, channel, new Fault.Truncated());
        }

        public Order malformedBody() {
            return add(method, channel, new Fault.MalformedBody());
        }

        /** Each time one of these, all equally likely. */
        public Order oneOf(Fault... faults) {
            return add(method, channel, faults);
        }
    }

    /** The deliveries that a fault is meant for. */
    public final class DeliveryTarget {
        private final String name;

        private DeliveryTarget(String name) {
            this.name = name;
        }

        /** Sent twice at once. */
        public Order duplicated() {
            return duplicated(Duration.ZERO);
        }

        /** Sent again that long after it was answered. */
        public Order duplicated(Duration after) {
            return add(name, Optional.empty(), new Fault.Duplicated(after));
        }

        /** Overtaken by the next delivery, or late by that much when there is none. */
        public Order reordered(Duration atMost) {
            return add(name, Optional.empty(), new Fault.Reordered(atMost));
        }

        /** Each time one of these, all equally likely. */
        public Order oneOf(Fault... faults) {
            return add(name, Optional.empty(), faults);
        }

        public Order late(Duration by) {
            return add(name, Optional.empty(), new Fault.Late(by));
        }
    }
}
