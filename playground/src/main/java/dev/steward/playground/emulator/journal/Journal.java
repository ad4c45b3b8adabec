package dev.steward.playground.emulator.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Everything that passed between the bot and the emulator, in order, append-only. Unless it was told to
 * {@link #keepAtMost}, nothing is dropped before it is cleared. Safe for concurrent use.
 */
public final class Journal {
    private final List<Call> calls = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<SocketNote> sockets = new ArrayList<>();
    private final Bound bound = new Bound();
    private long last;
    private long life = System.currentTimeMillis();

    /** Drops the oldest when there are more than so many entries, or when they have more than so many characters. */
    public synchronized void keepAtMost(int entries, long characters) {
        bound.set(entries, characters);
    }

    /** How many of the oldest entries were dropped since the beginning. */
    public synchronized long dropped() {
        return bound.dropped();
    }

    /** The number of the newest entry; 0 when there is none. */
    public synchronized long last() {
        return last;
    }

    /** Differs whenever the journal was begun anew, and numbers from 1 again. */
    public synchronized long life() {
        return life;
    }

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
        calls.add(call);
        added(() -> call.arguments().toString().length() + call.answered().body().toString().length());
        return call;
    }

    public synchronized Delivery delivery(LongFunction<Delivery> made) {
        Delivery delivery = made.apply(++last);
        deliveries.add(delivery);
        added(() -> delivery.payload().toString().length() + delivery.reply().body().length());
        return delivery;
    }

    /** What happened to the connections of Socket Mode. */
    public synchronized List<SocketNote> sockets() {
        return List.copyOf(sockets);
    }

    public synchronized SocketNote socket(LongFunction<SocketNote> made) {
        SocketNote note = made.apply(++last);
        sockets.add(note);
        added(() -> note.what().length());
        return note;
    }

    private void added(IntSupplier characters) {
        bound.added(last, characters).forEach(this::drop);
    }

    private void drop(long number) {
        calls.removeIf(one -> one.number() == number);
        deliveries.removeIf(one -> one.number() == number);
        sockets.removeIf(one -> one.number() == number);
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
        bound.clear();
        last = 0;
        life++;
    }
}
