package dev.steward.playground.emulator.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Everything that passed between the bot and the emulator, in order, append-only. Of each kind the newest are kept:
 * {@value #MOST} of them, a tenth less at times. Safe for concurrent use.
 */
public final class Journal {
    /** Entries of one kind. A playground may run for weeks. */
    public static final int MOST = 100_000;

    private final List<Call> calls = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<SocketNote> sockets = new ArrayList<>();
    private long last;

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<Call> callsOf(String method) {
        return calls().stream().filter(call -> call.method().equals(method)).toList();
    }

    public synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    public List<Delivery> deliveriesOf(String kind) {
        return deliveries().stream().filter(delivery -> delivery.kind().equals(kind)).toList();
    }

    /** All calls answered {@code ok:false}, those that a fault was ordered for included. */
    public List<Call> errors() {
        return calls().stream().filter(call -> !call.ok()).toList();
    }

    /** The calls Slack refused for the bot's own fault: {@link #errors()} without the injected ones. */
    public List<Call> genuineErrors() {
        return errors().stream().filter(call -> !call.injected()).toList();
    }

    /**
     * All that Slack refused of what the bot sent, a line each: calls, messages to response URLs, and answers to
     * deliveries that came in time and that Slack could do nothing with.
     */
    public List<String> refusals() {
        Stream<String> calls = genuineErrors().stream()
                .map(call -> "%d %s: %s".formatted(call.number(), call.method(), call.answered().body()));
        Stream<String> answers = deliveries().stream().filter(Delivery::spoilt)
                .map(one -> "%d answer to %s: %s".formatted(one.number(), one.kind(), why(one)));
        return Stream.concat(calls, answers).toList();
    }

    private static String why(Delivery spoilt) {
        String shown = spoilt.shown().orElse("");
        return spoilt.acknowledged()
                ? shown
                : (shown + " (status " + spoilt.reply().status() + ", " + spoilt.reply().body() + ")").strip();
    }

    /** Deliveries after which the person was shown an error. */
    public List<Delivery> failedDeliveries() {
        return deliveries().stream().filter(delivery -> delivery.shown().isPresent()).toList();
    }

    public synchronized Call call(LongFunction<Call> made) {
        Call call = made.apply(++last);
        keep(calls, call);
        return call;
    }

    public synchronized Delivery delivery(LongFunction<Delivery> made) {
        Delivery delivery = made.apply(++last);
        keep(deliveries, delivery);
        return delivery;
    }

    /** What happened to the connections of Socket Mode. */
    public synchronized List<SocketNote> sockets() {
        return List.copyOf(sockets);
    }

    public synchronized SocketNote socket(LongFunction<SocketNote> made) {
        SocketNote note = made.apply(++last);
        keep(sockets, note);
        return note;
    }

    private static <T> void keep(List<T> entries, T entry) {
        if (entries.size() >= MOST) {
            entries.subList(0, MOST / 10).clear();
        }
        entries.add(entry);
    }

    /** Notes on a delivery what Slack showed the person because of it. */
    public synchronized Delivery shown(Delivery delivery, String text) {
        Delivery noted = delivery.showing(text);
        deliveries.replaceAll(one -> one.number() == noted.number() ? noted : one);
        return noted;
    }

    /** Takes the calls out: a long run looks at them now and then, and need not keep them. */
    public synchronized List<Call> takeCalls() {
        List<Call> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** Forgets everything, as a reset of the whole emulator does. */
    public synchronized void clear() {
        calls.clear();
        deliveries.clear();
        sockets.clear();
        last = 0;
    }
}
