package dev.steward.bot.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The numbers that a Prometheus server reads from {@code /metrics}. Thread-safe. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final List<Runnable> beforeScrape = new ArrayList<>();
    /** The registry itself holds what it counts only as long as somebody else does. */
    private final List<Supplier<Number>> counted = new ArrayList<>();

    /** Metrics that begin with those of the Java machine. */
    public Metrics() {
        collector.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /**
     * Adds a number that is asked for at each scrape; one that cannot be computed is left out of that scrape.
     *
     * @param name
     *            words with dots between them
     */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).strongReference(true).register(registry);
    }

    /**
     * Adds numbers that are asked for together at each scrape.
     *
     * @param label
     *            what tells them apart
     * @param values
     *            by the label's value
     */
    public synchronized void gauges(String name, String description, String label,
            Supplier<? extends Map<String, ? extends Number>> values) {
        MultiGauge gauges = MultiGauge.builder(name).description(description).register(registry);
        beforeScrape.add(() -> gauges.register(values.get().entrySet().stream()
                .map(e -> MultiGauge.Row.of(Tags.of(label, e.getKey()), e.getValue())).toList(), true));
    }

    /** Adds a number that only grows, one of several that a label tells apart. */
    public synchronized void counter(String name, String description, String label, String value,
            Supplier<Number> count) {
        counted.add(count);
        FunctionCounter.builder(name, count, supplier -> supplier.get().doubleValue()).description(description)
                .tags(Tags.of(label, value)).register(registry);
    }

    void answered(String method, String route, int status, Duration took) {
        Timer.builder("http.server.requests").description("Requests answered")
                .tags("method", method, "route", route, "status", Integer.toString(status))
                .serviceLevelObjectives(Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofSeconds(1),
                        Duration.ofSeconds(3))
                .register(registry).record(took);
    }

    synchronized String scrape() {
        beforeScrape.forEach(Runnable::run);
        return registry.scrape();
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
