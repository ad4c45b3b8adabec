package dev.steward.bot.cli;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An ownership as lines of plain text. */
final class OwnershipText {
    private final List<String> lines = new ArrayList<>();

    private OwnershipText() {}

    static List<String> lines(Ownership ownership) {
        OwnershipText text = new OwnershipText();
        switch (ownership) {
            case Ownership.Found found -> text.entity(found);
            case Ownership.TeamFound team -> text.team(team);
            case Ownership.Unknown unknown -> text.lines.add("Unknown.");
        }
        return text.lines;
    }

    private void entity(Ownership.Found found) {
        Entity entity = found.entity();
        lines.add(entity.name() + " (" + entity.kind().text() + ")" + entity.origin().endedAt()
                .map(at -> ", ended on " + at).orElse(""));
        line("description", entity.profile().description());
        line("owner", describe(found.owner()));
        line("operated by", entity.responsibility().operatedBy() + ": " + entity.operatingModel().text());
        line("tier, stage", entity.profile().tier().text() + ", " + entity.profile().stage().text());
        entity.profile().channel().ifPresent(channel -> line("channel", "#" + channel));
        line("tags", String.join(", ", found.tags()));
        line("depends on", names(found.around().dependencies()));
        line("needed by", names(found.around().dependents()));
        found.links().forEach(link -> line("link", link.title() + " " + link.url()));
        found.activity().stacks()
                .forEach(stack -> line("stack", stack.name() + ", " + stack.status() + ", module " + stack.module()));
        found.activity().changes()
                .forEach(change -> line("changed", change.at() + " " + change.what() + ", " + change.by()));
    }

    private void team(Ownership.TeamFound found) {
        lines.add(found.team().name() + " (Team)");
        line("title", describe(found.team()));
        line("members from", found.team().source().text());
        line("owns", names(found.entities()));
    }

    private void line(String label, String value) {
        if (!value.isBlank()) {
            lines.add("  %-12s  %s".formatted(label, value));
        }
    }

    private static String describe(Team team) {
        return team.name() + (team.title().equals(team.name()) ? "" : " (" + team.title() + ")")
                + team.channel().map(channel -> ", #" + channel).orElse("");
    }

    private static String names(List<Entity> entities) {
        return entities.stream().map(Entity::name).collect(Collectors.joining(", "));
    }
}
