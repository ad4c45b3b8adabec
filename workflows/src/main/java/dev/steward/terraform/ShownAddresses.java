package dev.steward.terraform;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of resources as people may read them. The keys of {@code for_each} are part of an address, and a key may be a
 * secret. A plan is read with all secrets known, so an address is shown as it is if the plan shows it so; the text keys
 * of any other are masked.
 */
final class ShownAddresses {
    private static final Pattern TEXT_KEY = Pattern.compile("\\[\"(?:[^\"\\\\]|\\\\.)*\"]");
    private static final String MASKED_KEY = Matcher.quoteReplacement("[" + Redactor.MASK + "]");

    private final Set<String> shown;

    private ShownAddresses(Collection<String> shown) {
        this.shown = Set.copyOf(shown);
    }

    /** Those that may be shown as they are. */
    static ShownAddresses of(Collection<String> shown) {
        return new ShownAddresses(shown);
    }

    /** Those that a plan shows. */
    static ShownAddresses of(PlanView plan) {
        return of(plan.changes().stream().map(PlanView.ResourceChange::address).toList());
    }

    String masked(String address) {
        return shown.contains(address) ? address : TEXT_KEY.matcher(address).replaceAll(MASKED_KEY);
    }

    Progress masked(Progress progress) {
        return new Progress(progress.done(), progress.total(), masked(progress.current()));
    }

    Operation masked(Operation operation) {
        return new Operation(masked(operation.address()), operation.action());
    }
}
