package dev.steward.oncall;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Who is on call for a team, in turns.
 *
 * @param team
 *            catalog name
 * @param zone
 *            in whose local time people hand over
 * @param escalateAfter
 *            how long a page waits for an answer before the next layer is paged
 * @param layers
 *            the first is paged first; at least one
 */
public record Rotation(String team, ZoneId zone, Duration escalateAfter, List<Layer> layers) {
    public Rotation {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a rotation without a layer");
        }
    }

    /**
     * People who take turns.
     *
     * @param name
     *            unique within the rotation
     * @param every
     *            how long a turn lasts in local time: whole hours, at least one
     * @param starts
     *            when the first turn begins, in the rotation's zone; before that nobody is on call
     * @param people
     *            catalog names or Slack user ids, in the order of their turns; at least one
     */
    public record Layer(String name, Duration every, LocalDateTime starts, List<String> people) {
        public Layer {
            people = List.copyOf(people);
            if (people.isEmpty() || every.toHours() < 1 || !every.equals(Duration.ofHours(every.toHours()))) {
                throw new IllegalArgumentException("a layer needs people, and turns of whole hours");
            }
        }
    }

    /** The layer of that name. */
    public Optional<Layer> layer(String name) {
        return layers.stream().filter(layer -> layer.name().equalsIgnoreCase(name)).findFirst();
    }
}
