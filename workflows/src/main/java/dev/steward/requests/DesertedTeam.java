package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Team;
import java.time.Instant;
import java.util.Optional;

/**
 * What there is to see of a team that lost its last member who may act.
 *
 * @param since
 *            when it came to have nobody; empty once there is somebody again
 * @param owned
 *            what it owns, by name
 */
public record DesertedTeam(Team team, Optional<Instant> since, HomeView.Some<Entity> owned) {}
