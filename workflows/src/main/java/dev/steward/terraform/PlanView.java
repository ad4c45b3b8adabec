package dev.steward.terraform;

import dev.steward.database.Json;
import java.util.List;

/**
 * What a saved plan would do, fit to be shown: secrets are masked, deletes come first. Stored as JSON.
 *
 * @param terraformVersion
 *            of the Terraform that made the plan; no other may apply it
 * @param applyable
 *            whether there is anything to do: a plan that only changes outputs counts nothing and is applyable, one that
 *            failed or does nothing is not and must not be applied
 * @param errored
 *            whether planning failed
 * @param changes
 *            what happens to resources
 * @param drift
 *            what has changed outside of Terraform since the state was written
 * @param outputs
 *            what happens to outputs
 * @param contentDigest
 *            keyed, over what the plan would do, independent of the file's bytes and of time: equal for an equal plan
 *            made again, as long as the key is the same
 */
public record PlanView(String terraformVersion, boolean applyable, boolean errored, Counts counts,
        List<ResourceChange> changes, List<ResourceChange> drift, List<OutputChange> outputs, String contentDigest) {

    /** What stands for a value that only the apply tells. */
    public static final String UNKNOWN = "(known after apply)";

    public PlanView {
        changes = List.copyOf(changes);
        drift = List.copyOf(drift);
        outputs = List.copyOf(outputs);
    }

    /**
     * How much happens. A replacement creates one and deletes one; imports and what is only forgotten (left in the world,
     * dropped from the state) are counted apart.
     */
    public record Counts(int creates, int updates, int deletes, int imports, int forgets) {
        /** For example {@code +3 ~0 -0}. */
        @Override
        public String toString() {
            return "+" + creates + " ~" + updates + " -" + deletes;
        }
    }

    /** What happens to a resource; the worst first. */
    public enum Action {
        DELETE, REPLACE, FORGET, UPDATE, CREATE, IMPORT, MOVE
    }

    /**
     * What happens to one resource.
     *
     * @param address
     *            with module path and index key
     * @param reason
     *            why it is replaced or deleted, in Terraform's words, or empty
     * @param previousAddress
     *            where it was, when it moves; otherwise empty
     * @param attributes
     *            those that change; at most 100
     */
    public record ResourceChange(String address, String type, Action action, String reason, String previousAddress,
            List<AttributeChange> attributes) {
        public ResourceChange {
            attributes = List.copyOf(attributes);
        }
    }

    /**
     * What happens to an attribute or an output, as short text without secrets; nothing there is empty text.
     *
     * @param forcesReplacement
     *            whether the resource is replaced because of this
     */
    public record AttributeChange(String name, String before, String after, boolean forcesReplacement) {}

    /** What happens to an output. */
    public record OutputChange(String name, Action action, String before, String after) {}

    /**
     * Whether Terraform's own count at the end of the plan is the same; when it is not, the plan has been misread and
     * must not be put to anybody.
     */
    boolean agreesWith(ChangeSummary summary) {
        return summary.operation().equals("plan") && summary.add() == counts.creates
                && summary.change() == counts.updates && summary.remove() == counts.deletes
                && summary.imports() == counts.imports;
    }

    /** As JSON text, for the database. */
    public String toJson() {
        return Json.text(this);
    }

    /** From JSON text. */
    public static PlanView fromJson(String text) {
        return Json.read(text, PlanView.class);
    }
}
