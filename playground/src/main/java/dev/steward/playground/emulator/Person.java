package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.delivery.BotLink;
import dev.steward.playground.emulator.delivery.Payloads;
import dev.steward.playground.emulator.forms.Form;
import dev.steward.playground.emulator.forms.Offers;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Notice;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.StoredView;
import dev.steward.playground.emulator.workspace.Whisper;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody at their Slack client. Acts block until the bot has answered or the limit has passed. What Slack's client would
 * not let a person do throws {@link IllegalArgumentException} or {@link IllegalStateException}: the test is wrong then,
 * not the bot. Each person may be used from any thread.
 */
public final class Person {
    private static final String WITH_THE_BOT = "@steward";

    private final String id;
    private final Workspace workspace;
    private final Payloads payloads;
    private final BotLink link;
    private final Replies replies;

    Person(String id, Workspace workspace, Payloads payloads, BotLink link, Replies replies) {
        this.id = id;
        this.workspace = workspace;
        this.payloads = payloads;
        this.link = link;
        this.replies = replies;
    }

    public String id() {
        return id;
    }

    public String name() {
        return account().name();
    }

    /** A slash command typed in a channel, or in the direct message with the bot when the channel is {@code @steward}. */
    public Delivery command(String channelName, String command, String text) {
        Account who = acting();
        Conversation where = conversation(channelName);
        if (where.archived()) {
            throw new IllegalStateException("Nobody can type in #" + where.name() + ": it is archived");
        }
        ObjectNode fields = workspace.atomically(() -> payloads.command(who, where, command, text));
        return replies.toCommand(who, where.id(), link.command(fields));
    }

    /** Something written in a channel, or to the bot when the channel is {@code @steward}. */
    public Message writes(String channelName, String text) {
        return deeds().post(conversation(channelName).id(), Optional.empty(), text);
    }

    /** The modal on top of this person's stack. */
    public Optional<View> view() {
        return workspace.atomically(() -> workspace.views().top(id)
                .map(top -> new View(top, workspace.views().errors(top))));
    }

    /** The home tab, once published. */
    public Optional<View> home() {
        return workspace.atomically(() -> workspace.views().home(id).map(home -> new View(home, Map.of())));
    }

    /**
     * Fills inputs of the top view by action id and submits it. A value is a text, an option's value or label, a person's
     * or channel's name or id, or a list of those; inputs not named keep what they hold.
     */
    public Delivery submit(Map<String, ?> valuesByActionId) {
        Account who = acting();
        StoredView view = fill(valuesByActionId);
        if (!view.definition().has("submit")) {
            throw new IllegalStateException("The view \"" + title(view) + "\" has no submit button");
        }
        JsonNode values = form(view).values(view.values());
        List<String> missing = form(view).missing(values);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Slack does not submit \"" + title(view) + "\" while " + missing
                    + " is required and empty");
        }
        ObjectNode payload = workspace.atomically(() -> payloads.viewSubmission(who, view, values));
        return replies.toSubmission(who, view, link.interaction(payload));
    }

    /** Fills inputs of the top view without submitting, as {@link #submit} would. */
    public void enter(Map<String, ?> valuesByActionId) {
        acting();
        fill(valuesByActionId);
    }

    /** Types into an external select of the top view. Shorter than its {@code min_query_length} asks nobody. */
    public List<Option> suggest(String actionId, String query) {
        StoredView view = top();
        JsonNode element = field(view, actionId).element();
        return suggestions(view, element, query).stream().map(Option::of).toList();
    }

    /** Uses a dispatching element of the top view: a button by {@code null} or its value, others with their value. */
    public Delivery choose(String actionId, @Nullable Object value) {
        return choose(top(), actionId, value);
    }

    /** Uses an element of the home tab. */
    public Delivery chooseAtHome(String actionId, @Nullable Object value) {
        StoredView home = workspace.atomically(() -> workspace.views().home(id))
                .orElseThrow(() -> new IllegalStateException(name() + " has no home tab"));
        return choose(home, actionId, value);
    }

    /** Closes the top view; the bot hears of it where the view asks for {@code notify_on_close}. */
    public Optional<Delivery> closeView() {
        Account who = acting();
        StoredView view = top();
        JsonNode values = form(view).values(view.values());
        workspace.change(() -> workspace.views().close(view));
        if (!view.definition().path("notify_on_close").asBoolean()) {
            return Optional.empty();
        }
        ObjectNode payload = workspace.atomically(() -> payloads.viewClosed(who, view, values, false));
        return Optional.of(replies.toInteraction(who, link.interaction(payload)));
    }

    /** Clicks a button in a message as it stands now. */
    public Delivery click(Message message, String actionId) {
        return choose(message, actionId, null);
    }

    /** Uses any element in a message as it stands now. */
    public Delivery choose(Message message, String actionId, @Nullable Object value) {
        Account who = acting();
        StoredMessage now = seen(message);
        Form form = new Form(now.content().blocks());
        ObjectNode action = Actions.of(find(form, actionId), value, offers(null));
        Conversation where = visible(now.channelId());
        ObjectNode payload = workspace.atomically(
                () -> payloads.clickOnMessage(who, where, now, action, form.values(Json.object())));
        return replies.toInteraction(who, link.interaction(payload));
    }

    /** Clicks a button in an ephemeral message as it stands now. */
    public Delivery click(Ephemeral ephemeral, String actionId) {
        return choose(ephemeral, actionId, null);
    }

    /** Uses any element in an ephemeral message as it stands now. */
    public Delivery choose(Ephemeral ephemeral, String actionId, @Nullable Object value) {
        Account who = acting();
        Whisper now = workspace.atomically(() -> workspace.conversations().whisper(id, ephemeral.ts()))
                .orElseThrow(() -> new IllegalStateException("That message is gone, or not for " + name()));
        Form form = new Form(now.content().blocks());
        ObjectNode action = Actions.of(find(form, actionId), value, offers(null));
        Conversation where = visible(now.channelId());
        ObjectNode payload = workspace.atomically(
                () -> payloads.clickOnWhisper(who, where, now, action, form.values(Json.object())));
        return replies.toInteraction(who, link.interaction(payload));
    }

    /** A forged click: a request such as no client would send, with any action id and value, signed all the same. */
    public Delivery clickRaw(Message message, String actionId, String value) {
        Account who = account();
        ObjectNode action = Json.object().put("type", "button").put("action_id", actionId).put("block_id", "forged")
                .put("value", value);
        action.putObject("text").put("type", "plain_text").put("text", "forged");
        ObjectNode payload = workspace.atomically(() -> {
            StoredMessage now = workspace.conversations().message(message.channel(), message.ts())
                    .orElse(message.stored());
            Conversation where = workspace.conversations().find(message.channel()).orElseThrow();
            return payloads.clickOnMessage(who, where, now, action, Json.object());
        });
        return replies.toInteraction(who, link.interaction(payload));
    }

    /** Any interaction as a raw payload, signed: for malformed and forged ones. */
    public Delivery sendRaw(ObjectNode payload) {
        return replies.toInteraction(account(), link.interaction(payload));
    }

    /** A global shortcut. */
    public Delivery shortcut(String callbackId) {
        Account who = acting();
        ObjectNode payload = workspace.atomically(() -> payloads.shortcut(who, callbackId));
        return replies.toInteraction(who, link.interaction(payload));
    }

    /** A shortcut on a message. */
    public Delivery messageAction(Message message, String callbackId) {
        Account who = acting();
        StoredMessage now = seen(message);
        Conversation where = visible(now.channelId());
        ObjectNode payload = workspace.atomically(() -> payloads.messageAction(who, where, now, callbackId));
        return replies.toInteraction(who, link.interaction(payload));
    }

    public List<Ephemeral> ephemerals() {
        return workspace.atomically(() -> workspace.conversations().whispers(id).stream().map(Ephemeral::new).toList());
    }

    /** What Slack itself told this person. */
    public List<Notice> notices() {
        return workspace.atomically(() -> workspace.notices(id));
    }

    /** The direct messages between the bot and this person, oldest first. */
    public List<Message> directMessages() {
        return workspace.atomically(() -> workspace.conversations().direct(id)
                .map(direct -> workspace.conversations().messages(direct.id()).stream().map(Message::new).toList())
                .orElse(List.of()));
    }

    private Account account() {
        return workspace.atomically(() -> workspace.directory().account(id))
                .orElseThrow(() -> new IllegalStateException("There is no account " + id));
    }

    private Account acting() {
        Account who = account();
        if (who.deactivated()) {
            throw new IllegalStateException(who.name() + " is deactivated and cannot act");
        }
        return who;
    }

    /** What this person does without the bot's answer. */
    public Deeds deeds() {
        return new Deeds(workspace, account());
    }

    /** What this person does with channels. */
    public ChannelDeeds channelDeeds() {
        return new ChannelDeeds(workspace, account());
    }

    /**
     * A conversation by id or name, or the direct message with the bot by {@code @steward}. What this person does not see
     * throws, as if it were not there.
     */
    Conversation conversation(String nameOrId) {
        if (nameOrId.equals(WITH_THE_BOT)) {
            return workspace.atomically(() -> workspace.conversations().openDirect(id));
        }
        Conversation where = workspace.atomically(() -> workspace.conversations().named(nameOrId))
                .orElseThrow(() -> new IllegalArgumentException("There is no channel " + nameOrId));
        return visible(where.id());
    }

    private Conversation visible(String channelId) {
        return workspace.atomically(() -> workspace.conversations().find(channelId))
                .filter(one -> one.visibleTo(account()))
                .orElseThrow(() -> new IllegalStateException(name() + " cannot see " + channelId));
    }

    private StoredMessage seen(Message message) {
        visible(message.channel());
        return workspace.atomically(() -> workspace.conversations().message(message.channel(), message.ts()))
                .orElseThrow(() -> new IllegalStateException("The message " + message.ts() + " was deleted"));
    }

    private StoredView top() {
        return workspace.atomically(() -> workspace.views().top(id))
                .orElseThrow(() -> new IllegalStateException(name() + " has no view open"));
    }

    private StoredView fill(Map<String, ?> values) {
        StoredView seen = top();
        ObjectNode entered = form(seen).enter(seen.values(), values, offers(seen));
        return workspace.atomically(() -> workspace.views().enter(
                workspace.views().byId(seen.id()).orElseThrow(
                        () -> new IllegalStateException("The view \"" + title(seen) + "\" was closed meanwhile")),
                entered));
    }

    private Delivery choose(StoredView seen, String actionId, @Nullable Object value) {
        Account who = acting();
        Form.Field field = field(seen, actionId);
        if (!field.dispatches()) {
            throw new IllegalArgumentException(
                    "\"" + actionId + "\" does not dispatch: nothing is sent before the view is submitted");
        }
        ObjectNode action = Actions.of(field, value, offers(seen));
        ObjectNode payload = workspace.atomically(() -> {
            StoredView view = Actions.keepsValue(field)
                    ? workspace.views().enter(seen, Actions.entered(seen.values(), field, action))
                    : seen;
            return payloads.clickOnView(who, view, action, form(view).values(view.values()));
        });
        return replies.toInteraction(who, link.interaction(payload));
    }

    private List<JsonNode> suggestions(StoredView view, JsonNode element, String query) {
        if (!element.path("type").asText().contains("external")) {
            throw new IllegalArgumentException("A " + element.path("type").asText() + " does not ask for options");
        }
        if (query.length() < element.path("min_query_length").asInt(3)) {
            return List.of();
        }
        Account who = acting();
        Form.Field field = field(view, element.path("action_id").asText());
        ObjectNode asked = Json.object().put("action_id", field.actionId()).put("block_id", field.blockId())
                .put("value", query);
        ObjectNode payload = workspace.atomically(
                () -> payloads.suggestion(who, view, asked, form(view).values(view.values())));
        return replies.toSuggestion(who, link.interaction(payload));
    }

    private Offers offers(@Nullable StoredView view) {
        return new Offers() {
            @Override
            public List<JsonNode> suggestions(JsonNode element, String query) {
                if (view == null) {
                    throw new IllegalArgumentException("Options in messages are not offered by the bot here");
                }
                return Person.this.suggestions(view, element, query);
            }

            @Override
            public Optional<String> person(String nameOrId) {
                return workspace.atomically(() -> workspace.directory().accountNamed(nameOrId).map(Account::id));
            }

            @Override
            public Optional<String> channel(String nameOrId) {
                return workspace.atomically(() -> workspace.conversations().named(nameOrId).map(Conversation::id));
            }
        };
    }

    private static Form form(StoredView view) {
        return new Form(view.definition().path("blocks"));
    }

    private static Form.Field field(StoredView view, String actionId) {
        return find(form(view), actionId);
    }

    private static Form.Field find(Form form, String actionId) {
        return form.field(actionId).orElseThrow(() -> new IllegalArgumentException(
                "There is no element \"" + actionId + "\" here; there are " + form.actionIds()));
    }

    private static String title(StoredView view) {
        return view.definition().path("title").path("text").asText();
    }
}
