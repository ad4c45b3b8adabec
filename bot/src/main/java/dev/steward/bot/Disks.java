package dev.steward.bot;

import dev.steward.bot.http.Metrics;
import dev.steward.database.CannotStore;
import dev.steward.database.Database;
import dev.steward.database.Disk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches whether the home can be written to and how much room it has, and says so in the log, to probes, in metrics. */
final class Disks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Disks.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Database database;
    private final Disk home;
    private final Map<String, Disk> places = new LinkedHashMap<>();
    private final Thread watch;
    private volatile List<String> said = List.of();

    Disks(Home home, Database database) {
        this.database = database;
        this.home = new Disk(home.folder());
        places.put("home", this.home);
        places.put("runs", new Disk(home.runs()));
        watch = Thread.ofVirtual().name("disks").start(this::watch);
    }

    /** What somebody should see to. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        trouble().ifPresent(why -> warnings.add("nothing can be stored: " + why.reason().words()));
        places.values().stream().map(Disk::low).flatMap(low -> low.stream()).forEach(warnings::add);
        return warnings;
    }

    void measure(Metrics metrics) {
        metrics.gauge("steward.storing", "1 while the database can be written to, else 0",
                () -> trouble().isEmpty() ? 1 : 0);
        metrics.gauges("steward.disk.free.bytes", "Room that is left", "place", () -> {
            Map<String, Long> free = new LinkedHashMap<>();
            places.forEach((place, disk) -> disk.free().ifPresent(bytes -> free.put(place, bytes)));
            return free;
        });
    }

    /** Where there is hardly any room, a write that went well says nothing of the next one. */
    private Optional<CannotStore> trouble() {
        return home.noRoom().isPresent() ? database.probe() : database.trouble();
    }

    private void watch() {
        try {
            while (true) {
                List<String> now = warnings();
                if (!now.equals(said) && now.isEmpty()) {
                    LOG.info("there is room on the disk again");
                } else if (now.size() != said.size()) {
                    LOG.warn("{}", String.join("; ", now));
                }
                said = now;
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
