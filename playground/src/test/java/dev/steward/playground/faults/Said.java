package dev.steward.playground.faults;

import dev.steward.playground.emulator.Channel;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that the bot has said in channels, threads and direct messages, by its own key.
 *
 * @param messages
 *            every message of the bot
 * @param doubles
 *            how many messages stand there more than once
 * @param missing
 *            how many messages the bot takes for posted and are not there, or were given up, or still wait
 */
record Said(List<Message> messages, int doubles, int missing) {
    private static final List<String> CHANNELS = List.of("general", "platform-requests", "payments", "checkout",
            "platform", "platform-audit");
    private static final List<String> PEOPLE = List.of("dana", "omar", "pia", "paul", "olga", "lena", "gus");

    static Said on(Stage stage) {
        List<Message> all = new ArrayList<>();
        for (String name : CHANNELS) {
            Channel channel = stage.slack().channel(name);
            for (Message root : channel.messages()) {
                all.add(root);
                all.addAll(channel.thread(root));
            }
        }
        PEOPLE.forEach(name -> all.addAll(stage.slack().person(name).directMessages()));
        Map<String, List<String>> byKey = new HashMap<>();
        all.forEach(message -> byKey.computeIfAbsent(key(message), key -> new ArrayList<>()).add(message.ts()));
        int doubles = byKey.values().stream().mapToInt(places -> places.size() - 1).sum();
        Map<String, String> taken = stage.inspect(h -> h.createQuery("SELECT key, ts FROM slack_message")
                .setMapKeyColumn("key").setMapValueColumn("ts")
                .collectInto(new org.jdbi.v3.core.generic.GenericType<>() {
                }));
        long gone = taken.entrySet().stream()
                .filter(one -> !byKey.getOrDefault(one.getKey(), List.of()).contains(one.getValue())).count();
        int waiting = stage.inspect(h -> h.createQuery("SELECT count(*) FROM outbox").mapTo(Integer.class).one());
        return new Said(all, doubles, Math.toIntExact(gone) + waiting);
    }

    private static String key(Message message) {
        return message.metadata().path("event_payload").path("key").asText(message.ts());
    }
}
