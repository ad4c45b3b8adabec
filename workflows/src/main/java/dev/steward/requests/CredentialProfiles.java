package dev.steward.requests;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The accounts that modules may use: environment variables by name, by the profile that a module's {@code module.yaml}
 * names. Every value counts as a secret.
 */
public record CredentialProfiles(Map<String, Map<String, String>> profiles) {
    /** No account at all. */
    public static final CredentialProfiles NONE = new CredentialProfiles(Map.of());

    public CredentialProfiles {
        profiles = profiles.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Map.copyOf(e.getValue())));
    }

    /** The variables of that profile; nothing when there is none of that name. */
    Optional<Map<String, String>> of(String name) {
        return Optional.ofNullable(profiles.get(name));
    }

    /** Every value of every profile, to mask it wherever it turns up. */
    Collection<String> secrets() {
        return profiles.values().stream().flatMap(profile -> profile.values().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Names of the profiles, without values. */
    @Override
    public String toString() {
        return "CredentialProfiles" + new TreeSet<>(profiles.keySet());
    }
}
