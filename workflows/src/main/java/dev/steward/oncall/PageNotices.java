package dev.steward.oncall;

import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The messages of a page: one in the channel that is edited all along, one below it for each later step, because an edit
 * calls nobody; one to each person paged; and a last one when nobody answered.
 */
public final class PageNotices {
    /** The view of the message in the channel; its argument {@code page} is the number. */
    public static final String CARD = "page.card";
    /** The view of a later step below it; its arguments {@code page} and {@code step} are numbers. */
    public static final String STEP = "page.step";
    /** The view of the direct message to whom a step went; its arguments are those of {@link #STEP}. */
    public static final String DIRECT = "page.direct";
    /** The view of the message that nobody answered; its argument {@code page} is the number. */
    public static final String EXHAUSTED = "page.exhausted";

    /** The view of the message that another service could not be told; its argument {@code page} is the number. */
    public static final String NOT_PASSED_ON = "page.webhook";

    private final Outbox outbox;

    PageNotices(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Tells of a new step. */
    void step(Handle handle, Page page, Page.Step step) {
        boolean first = card(handle, page);
        if (!first && page.channel().isPresent()) {
            put(handle, page, "step:" + step.id(), new Destination.InThread(key(page, "card")), STEP, step.id());
        }
        if (step.to() instanceof Page.To.Somebody somebody) {
            direct(handle, page, step, somebody);
        }
    }

    /** Tells everybody who was told of it how it stands now. */
    void changed(Handle handle, Page page) {
        card(handle, page);
        for (Page.Step step : page.steps()) {
            if (step.to() instanceof Page.To.Somebody somebody) {
                direct(handle, page, step, somebody);
            }
        }
        if (outbox.knows(handle, key(page, "exhausted"))) {
            exhausted(handle, page);
        }
    }

    /** Tells the whole team, in its own channel, that nobody answered. */
    void exhausted(Handle handle, Page page) {
        page.team().channel().or(page::channel).ifPresent(channel -> put(handle, page, "exhausted",
                new Destination.Channel(channel), EXHAUSTED, 0));
    }

    void notPassedOn(Handle handle, Page page) {
        page.channel().ifPresent(channel -> put(handle, page, "webhook", new Destination.Channel(channel),
                NOT_PASSED_ON, 0));
    }

    /** Puts the message in the channel; answers whether it is the first time. */
    private boolean card(Handle handle, Page page) {
        boolean first = !outbox.knows(handle, key(page, "card"));
        page.channel().ifPresent(
                channel -> put(handle, page, "card", new Destination.Channel(channel), CARD, 0));
        return first;
    }

    private void direct(Handle handle, Page page, Page.Step step, Page.To.Somebody to) {
        put(handle, page, "direct:" + step.id(), new Destination.Person(to.person().id()), DIRECT, step.id());
    }

    private void put(Handle handle, Page page, String part, Destination to, String view, long step) {
        outbox.put(handle, new Message(key(page, part), to, view,
                Map.of("page", page.id().value(), "step", step), Priority.PAGE));
    }

    /** The key in the outbox of the message in the channel. */
    public static String cardKey(PageId id) {
        return "page:" + id.value() + ":card";
    }

    private static String key(Page page, String part) {
        return "page:" + page.id().value() + ":" + part;
    }
}
