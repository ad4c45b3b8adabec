package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people and the user groups. */
public final class Directory {
    private final Changes changes;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<String, UserGroup> groups = new LinkedHashMap<>();

    Directory(Changes changes) {
        this.changes = changes;
        Seed.accounts().forEach(account -> accounts.put(account.id(), account));
        Seed.groups().forEach(group -> groups.put(group.id(), group));
    }

    void save(ObjectNode into) {
        into.set("accounts", Saved.array(accounts.values(), Saved::of));
        into.set("groups", Saved.array(groups.values(), Saved::of));
    }

    void load(JsonNode saved) {
        accounts.clear();
        groups.clear();
        Saved.list(saved.required("accounts"), Saved::account).forEach(this::put);
        Saved.list(saved.required("groups"), Saved::group).forEach(this::put);
        if (account(Seed.BOT_USER).isEmpty()) {
            throw new IllegalArgumentException("the bot is not among the accounts");
        }
    }

    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    public Optional<Account> account(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /** An account by id or by handle. */
    public Optional<Account> accountNamed(String idOrName) {
        return accounts.values().stream().filter(one -> one.id().equals(idOrName) || one.name().equals(idOrName))
                .findFirst();
    }

    public List<UserGroup> groups() {
        return List.copyOf(groups.values());
    }

    public Optional<UserGroup> group(String idOrHandle) {
        return groups.values().stream().filter(one -> one.id().equals(idOrHandle) || one.handle().equals(idOrHandle))
                .findFirst();
    }

    public void put(Account account) {
        accounts.put(account.id(), account);
        changes.note(new Change.OfPeople());
    }

    public void put(UserGroup group) {
        groups.put(group.id(), group);
        changes.note(new Change.OfPeople());
    }
}
