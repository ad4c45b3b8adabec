package dev.steward.bot.slack.views;

import dev.steward.access.BreakGlassView;
import dev.steward.access.ReviewWaiting;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.definitions.Workflow;
import dev.steward.incidents.Incident;
import dev.steward.oncall.Duty;
import dev.steward.oncall.Page;
import dev.steward.requests.ExtensionView;
import dev.steward.requests.HomeView;
import dev.steward.requests.HomeView.Owned;
import dev.steward.requests.HomeView.Some;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestView;
import dev.steward.stacks.LeaseState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The page that a person sees who opens the app: what waits for them, what they asked for, what they have that ends by
 * itself, what their teams own, and buttons for what they may ask for. It never holds more than Slack's 100 blocks; what is
 * left out is counted.
 */
public final class HomeTab {
    /** The view's callback id, by which a click on it is told from a click in a modal. */
    public static final String CALLBACK = "home";

    private static final int TEAMS = 8;
    private static final int REVIEWS = 5;
    private static final int EMERGENCIES = 2;
    private static final int SUSPENDED = 3;
    private static final int LEASES = 8;
    private static final int PAGES = 4;
    private static final int SHIFTS = 10;
    private static final int BUTTONS = 24;

    private final CommandNames names;
    private final Links links;
    private final List<Map<String, Object>> blocks = new ArrayList<>();

    private HomeTab(CommandNames names, Links links) {
        this.names = names;
        this.links = links;
    }

    /**
     * What there is to show.
     *
     * @param reviews
     *            in which a word of theirs is asked for, the first due first
     * @param emergencies
     *            access given without approval, for which they or a colleague have to sign, the first due first
     * @param suspended
     *            access of others that they may give back, the first to be over first
     * @param incidents
     *            the open ones that they may see, the worst first
     * @param duty
     *            what on-call is to them
     */
    public record Content(HomeView home, List<ReviewWaiting> reviews, List<BreakGlassView> emergencies,
            List<LeaseView> suspended, List<Incident> incidents, Duty duty) {
        public Content {
            reviews = List.copyOf(reviews);
            emergencies = List.copyOf(emergencies);
            suspended = List.copyOf(suspended);
            incidents = List.copyOf(incidents);
        }

        private boolean waits() {
            return !home.waiting().isEmpty() || !home.wishes().isEmpty() || !reviews.isEmpty()
                    || !emergencies.isEmpty() || !suspended.isEmpty();
        }
    }

    /**
     * The addresses of what is posted in channels, each once it is: cards, wishes to keep something longer, reviews, and
     * what is told of access without approval.
     */
    public record Links(Function<RequestView, Optional<String>> card, Function<ExtensionView, Optional<String>> wish,
            Function<ReviewWaiting, Optional<String>> review, Function<BreakGlassView, Optional<String>> emergency) {}

    /** A member's home. */
    public static Map<String, Object> of(Content content, CommandNames names, Links links) {
        HomeTab tab = new HomeTab(names, links);
        tab.duty(content.duty());
        tab.incidents(content.incidents());
        HomeView home = content.home();
        boolean quiet = !content.waits() && content.duty().waiting().isEmpty() && home.open().isEmpty()
                && home.ended().isEmpty();
        if (quiet) {
            tab.welcome();
            tab.starts(home.offered());
        } else {
            tab.waiting(content);
            tab.requests(home.open(), home.ended());
        }
        tab.leases(home.leases());
        tab.services(home.services());
        if (!quiet) {
            tab.starts(home.offered());
        }
        return view(tab.blocks);
    }

    /** What somebody sees who may neither ask nor decide. */
    public static Map<String, Object> forOthers(Person person) {
        return view(List.of(Blocks.section(Mrkdwn.of(
                """
                        *Steward is the platform team's front desk.* You are {}, and only members of this workspace can request \
                        or approve something here. If you need something, ask a member to request it for you.""",
                person.standing().words()))));
    }

    private static Map<String, Object> view(List<Map<String, Object>> blocks) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", "home");
        view.put("callback_id", CALLBACK);
        view.put("blocks", List.copyOf(blocks));
        return view;
    }

    private void welcome() {
        blocks.add(Blocks.header("Welcome to Steward"));
        add(Mrkdwn
                .of("""
                        This is the platform team's front desk. Nothing waits for you, and you have not asked for anything yet. \
                        Once you do, this page shows how far your request is."""));
    }

    /** Pages first: somebody waits for an answer. */
    private void duty(Duty duty) {
        if (duty.isEmpty()) {
            return;
        }
        blocks.add(Blocks.header("On call"));
        for (Page page : duty.waiting().stream().limit(PAGES).toList()) {
            add(PageMessages.waiting(page));
            PageMessages.button(page).ifPresent(blocks::add);
        }
        more(duty.waiting().size() - PAGES, "pages that nobody has acknowledged: see your direct messages.");
        List<Mrkdwn> shifts = Stream.concat(duty.now().stream().map(OnCallWords::now),
                duty.next().stream().map(OnCallWords::next)).limit(SHIFTS).toList();
        if (!shifts.isEmpty()) {
            add(RequestWords.bounded(shifts, 2500));
        }
    }

    private void incidents(List<Incident> incidents) {
        if (incidents.isEmpty()) {
            return;
        }
        blocks.add(Blocks.header("Open incidents"));
        add(IncidentWords.list(incidents));
    }

    private void waiting(Content content) {
        blocks.add(Blocks.header("Waiting for you"));
        if (!content.waits()) {
            add(Mrkdwn.of("Nothing waits for your decision."));
        }
        emergencies(content.emergencies());
        decisions(content.home().waiting());
        wishes(content.home().wishes());
        reviews(content.reviews());
        suspended(content.suspended());
    }

    private void emergencies(List<BreakGlassView> emergencies) {
        for (BreakGlassView view : emergencies.stream().limit(EMERGENCIES).toList()) {
            add(Mrkdwn.of(":rotating_light: *{} was given {} for INC-{} without approval* ({})",
                    RequestWords.person(view.holder()), LeaseWords.what(view.lease()), view.incident(),
                    view.request().text())
                    .line(Mrkdwn.of("Check what was done, and sign by {}. {}", Mrkdwn.when(view.due()),
                            message(links.emergency().apply(view), view.lease().channel()))));
        }
        more(emergencies.size() - EMERGENCIES, "to sign for: see your teams' channels.");
    }

    private void suspended(List<LeaseView> suspended) {
        for (LeaseView lease : suspended.stream().filter(LeaseWords::givable).limit(SUSPENDED).toList()) {
            add(Mrkdwn.of("*{}: {} had {}*, now suspended", lease.request().text(),
                    RequestWords.person(lease.holder()), LeaseWords.what(lease))
                    .line(Mrkdwn.of("Nobody confirmed it in the review. If it is still needed, give it back by {}.",
                            Mrkdwn.when(lease.suspended().orElseThrow().until()))));
            blocks.add(Blocks.actions("suspended:" + lease.request().value(), LeaseWords.giveBack(lease)));
        }
        more(suspended.size() - SUSPENDED, "to give back: see the reviews in your teams' channels.");
    }

    private void wishes(Some<ExtensionView> wishes) {
        for (ExtensionView wish : wishes.shown()) {
            LeaseView lease = wish.lease();
            add(Mrkdwn.of("*{}: {} asks to keep {}*{}", lease.request().text(), RequestWords.person(lease.holder()),
                    LeaseWords.what(lease),
                    wish.until().map(at -> Mrkdwn.of(" until {}", Mrkdwn.when(at))).orElse(Mrkdwn.EMPTY))
                    .line(Mrkdwn.of("Decide by {}. {}",
                            Mrkdwn.when(wish.approval().proposal().expiresAt()),
                            message(links.wish().apply(wish), lease.channel()))));
        }
        more(wishes.more(), "to keep something longer: see their channels.");
    }

    private void reviews(List<ReviewWaiting> reviews) {
        for (ReviewWaiting review : reviews.stream().limit(REVIEWS).toList()) {
            add(Mrkdwn.of("*Who still needs access to {}?* {} your answer by {}.",
                    Mrkdwn.code(review.entity().name(), 150),
                    review.asked() == 1 ? "One grant needs" : review.asked() + " grants need",
                    Mrkdwn.when(review.dueAt())).line(message(links.review().apply(review), review.channel())));
        }
        more(reviews.size() - REVIEWS, "reviews of access: see your teams' channels.");
    }

    private static Mrkdwn message(Optional<String> url, String channel) {
        return url.map(at -> Mrkdwn.link(at, "Open the message"))
                .orElseGet(() -> Mrkdwn.of("Its message appears in {}.", Mrkdwn.channel(channel)));
    }

    private void decisions(Some<RequestView> waiting) {
        for (RequestView view : waiting.shown()) {
            Mrkdwn until = view.approval().map(a -> Mrkdwn.of("Decide by {}.", Mrkdwn.when(a.proposal().expiresAt())))
                    .orElse(Mrkdwn.EMPTY);
            add(Mrkdwn.of("*{}*, asked for by {}", RequestWords.name(view), RequestWords.asker(view))
                    .line(RequestWords.plan(view)).line(Mrkdwn.of("{} {}", until, link(view))));
        }
        more(waiting.more(), "that wait for you: see your direct messages.");
    }

    private void requests(Some<RequestView> open, Some<RequestView> ended) {
        blocks.add(Blocks.header("Your requests"));
        if (open.isEmpty()) {
            add(Mrkdwn.of("You have no open requests."));
        }
        for (RequestView view : open.shown()) {
            add(Mrkdwn.of("*{}*", RequestWords.name(view)).line(RequestWords.status(view))
                    .line(Mrkdwn.of("*Next:* {}", RequestWords.next(view, RequestWords.YOU))).line(link(view)));
        }
        more(open.more(), "that are open: see your direct messages.");
        for (RequestView view : ended.shown()) {
            add(Mrkdwn.of("{}: {}", RequestWords.name(view), RequestWords.status(view)).line(link(view)));
        }
        more(ended.more(), "that ended earlier: see your direct messages.");
    }

    /** What is only asked for is among the requests. */
    private void leases(List<LeaseView> leases) {
        List<LeaseView> there = leases.stream().filter(lease -> !(lease.state() instanceof LeaseState.Pending))
                .toList();
        if (there.isEmpty()) {
            return;
        }
        blocks.add(Blocks.header("Your access"));
        for (LeaseView lease : there.stream().limit(LEASES).toList()) {
            add(Mrkdwn.of("*{}: {}*", lease.request().text(), LeaseWords.what(lease)).line(LeaseWords.status(lease)));
            List<Map<String, Object>> buttons = LeaseWords.buttons(lease);
            if (!buttons.isEmpty()) {
                blocks.add(Blocks.actions("lease:" + lease.request().value(), buttons));
            }
        }
        if (there.size() > LEASES) {
            blocks.add(Blocks.context(
                    Mrkdwn.of("and {} more: {} lists them.", there.size() - LEASES, names.of("access mine"))));
        }
    }

    private void services(List<Owned> services) {
        blocks.add(Blocks.header("Your services"));
        if (services.isEmpty()) {
            add(Mrkdwn.of("Your teams own nothing in the catalog yet."));
            return;
        }
        services.stream().limit(TEAMS).forEach(owned -> add(team(owned)));
        more(services.size() - TEAMS, "teams of yours that own something.");
        blocks.add(Blocks.context(Mrkdwn.of("{} and a name shows everything about one.", names.of("owner"))));
    }

    private static Mrkdwn team(Owned owned) {
        List<Mrkdwn> lines = new ArrayList<>(owned.entities().shown().stream().map(HomeTab::entity).toList());
        if (owned.entities().more() > 0) {
            lines.add(Mrkdwn.of("and {} more", owned.entities().more()));
        }
        return Mrkdwn.of("*{}*", Mrkdwn.text(owned.team().title(), 100)).line(Mrkdwn.join("\n", lines));
    }

    private static Mrkdwn entity(Entity entity) {
        return Mrkdwn.of("• {} ({}, {}): {}", Mrkdwn.code(entity.name(), 100), entity.kind().text(),
                entity.profile().tier().text(), entity.operatingModel().text());
    }

    private void starts(List<Workflow> offered) {
        blocks.add(Blocks.header("Ask for something"));
        if (offered.isEmpty()) {
            add(Mrkdwn.of(
                    "There is nothing that you may ask for yet. Ask the platform team: they say who may use which workflow."));
            return;
        }
        blocks.add(Blocks.actions("quick-starts", offered.stream().limit(BUTTONS).map(HomeTab::start).toList()));
        if (offered.size() > BUTTONS) {
            blocks.add(Blocks.context(
                    Mrkdwn.of("and {} more: {} lists them.", offered.size() - BUTTONS, names.of("request"))));
        }
    }

    private static Map<String, Object> start(Workflow workflow) {
        return Blocks.button(CommandAnswers.OPEN_FORM + ":" + Mrkdwn.cut(workflow.name(), 200),
                Mrkdwn.cut(workflow.name(), 2000), workflow.title(), "Open the form " + workflow.title());
    }

    private Mrkdwn link(RequestView view) {
        return DirectMessages.link(view, links.card().apply(view));
    }

    private void more(int more, String what) {
        if (more > 0) {
            blocks.add(Blocks.context(Mrkdwn.of("and {} more {}", more, Mrkdwn.of(what))));
        }
    }

    private void add(Mrkdwn paragraph) {
        blocks.add(Blocks.section(paragraph));
    }
}
