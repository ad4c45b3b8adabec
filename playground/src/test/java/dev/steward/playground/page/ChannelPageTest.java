package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.steward.playground.emulator.EmulatorOptions;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.page.Window.Look;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do at the page with channels and with what they wrote, where no bot is needed. */
class ChannelPageTest {
    private static final String MANIFEST = """
            features:
              slash_commands:
                - { command: /request, description: Ask for something, usage_hint: "[what]" }
              shortcuts:
                - { name: Declare an incident, type: global, callback_id: declare, description: Something is broken }
                - { name: Declare from this, type: message, callback_id: declare_from, description: This is broken }
            oauth_config: { scopes: { bot: [commands] } }
            """;
    private static Chromium chromium;

    private final List<Window> windows = new ArrayList<>();
    private SlackEmulator slack = SlackEmulator.start(EmulatorOptions.defaults().withManifest(MANIFEST));

    @BeforeAll
    static void startBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        chromium = Chromium.start();
    }

    @AfterAll
    static void endBrowser() {
        chromium.close();
    }

    @BeforeEach
    void bookmarked() {
        slack.person("omar").channelDeeds().bookmark(Seed.PAYMENTS, "Runbook", "https://example.com/runbook");
    }

    @AfterEach
    void close() {
        windows.forEach(Window::close);
        slack.close();
    }

    private Window window(String address, Look look) {
        return window(slack.pageUrl(), address, look);
    }

    private Window window(URI base, String address, Look look) {
        Window opened = Window.open(chromium.browser(), base, address, look);
        windows.add(opened);
        return opened;
    }

    /** Chromium notes every answer of 400 by itself; one that a test provokes is no complaint. */
    private void nobodyHasComplained() {
        assertThat(windows).allSatisfy(window -> assertThat(window.complaints())
                .filteredOn(one -> !one.contains("a status of 400")).isEmpty());
    }

    private static void opensDetails(Window window) {
        window.page().locator("#head").getByText("member").click();
        assertThat(window.dialog().locator("h2")).isVisible();
    }

    @Test
    void showsWhatAChannelIsAboutAndLetsItsMembersChangeIt() {
        Window omar = window("omar/payments", Look.LIGHT);
        Window dana = window("dana/payments", Look.DARK);
        String ts = slack.person("dana").deeds().post(Seed.PAYMENTS, Optional.empty(), "the card form is slow").ts();
        slack.person("dana").deeds().pin(Seed.PAYMENTS, ts);
        assertThat(dana.page().locator(".bookmarks")).containsText("Runbook");

        opensDetails(omar);
        assertThat(omar.dialog()).containsText("the card form is slow");
        omar.field("Topic").fill("All about payments");
        slack.person("dana").deeds().react(Seed.PAYMENTS, ts, "eyes");
        slack.channel("payments").post(slack.person("dana"), "meanwhile");
        assertThat(omar.field("Topic")).hasValue("All about payments");
        omar.presses("Enter");
        assertThat(dana.page().locator("#head .topic")).hasText("All about payments");
        omar.field("Name of a new bookmark").fill("Board");
        omar.field("Where it leads").fill("ftp://example.com");
        omar.dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add")).first().click();
        assertThat(omar.dialog().locator(".toast")).containsText("begins with https://");
        omar.field("Where it leads").fill("https://example.com/board");
        omar.dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add")).first().click();
        assertThat(dana.page().locator(".bookmarks")).containsText("Board");
        omar.field("Who to add").selectOption(Seed.OLGA);
        omar.dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add")).last().click();
        assertThat(dana.messages("has joined the channel")).containsText("@Olga Olsen");
        omar.button(omar.dialog(), "Remove Steward").click();
        assertThat(dana.messages("was removed from the channel")).containsText("@Steward");
        assertThat(Accessibility.grave(omar.page())).isEmpty();
        omar.screenshot("channel-light");

        omar.button(omar.dialog(), "Archive").click();
        omar.dialog().last().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Archive")).click();
        assertThat(dana.page().locator("#composer")).containsText("archived");
        opensDetails(dana);
        assertThat(Accessibility.grave(dana.page())).isEmpty();
        dana.screenshot("channel-archived-dark");
        dana.button(dana.dialog(), "Open it again").click();
        assertThat(dana.button(dana.dialog(), "Archive")).isVisible();
        dana.presses("Escape");
        assertThat(dana.composer()).isVisible();
        nobodyHasComplained();
    }

    @Test
    void aGuestLooksAndDoesNotAdminister() {
        Window gus = window("gus/platform-requests", Look.LIGHT);
        opensDetails(gus);

        assertThat(gus.button(gus.dialog(), "Leave")).isVisible();
        assertThat(gus.button(gus.dialog(), "Archive")).hasCount(0);
        assertThat(gus.dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove Steward")))
                .hasCount(0);
        nobodyHasComplained();
    }

    @Test
    void changesAndDeletesOnlyWhatOneWroteOneself() {
        Window dana = window("dana/general", Look.LIGHT);
        Window omar = window("omar/general", Look.LIGHT);
        dana.says("the page is slow, @Omar Okafor");
        Locator mine = dana.messages("is slow");
        mine.hover();
        dana.button(mine, "More").click();
        dana.page().getByRole(AriaRole.MENUITEM).getByText("Edit the message").click();
        assertThat(dana.field("What it says")).hasValue("the page is slow, @Omar Okafor");
        dana.field("What it says").fill("the page is down, @Omar Okafor");
        dana.presses("Enter");
        assertThat(omar.messages("is down").locator(".mention.mine")).hasText("@Omar Okafor");
        assertThat(omar.messages("is down")).containsText("(edited)");

        Locator theirs = omar.messages("is down");
        theirs.hover();
        omar.button(theirs, "More").click();
        assertThat(omar.page().getByRole(AriaRole.MENUITEM).getByText("Delete the message")).hasCount(0);
        omar.presses("Escape");
        dana.messages("is down").hover();
        dana.button(dana.messages("is down"), "More").click();
        dana.page().getByRole(AriaRole.MENUITEM).getByText("Delete the message").click();
        dana.button(dana.dialog(), "Delete").click();
        assertThat(omar.messages("is down")).hasCount(0);
        nobodyHasComplained();
    }

    @Test
    void offersTheAppsShortcutsWhereSlackDoes() {
        Window dana = window("dana/general", Look.LIGHT);
        dana.page().getByLabel("Shortcuts and commands").click();
        Locator menu = dana.page().locator(".menu");
        assertThat(menu).containsText("Declare an incident");
        assertThat(menu.getByText("Declare from this")).hasCount(0);
        menu.getByText("Declare an incident").click();
        assertThat(dana.page().locator(".notice, .toast").first()).containsText("trouble connecting");
        slack.channel("general").post(slack.person("omar"), "checkout is slow");
        Locator said = dana.messages("checkout is slow");
        said.hover();
        dana.button(said, "More").click();
        assertThat(dana.page().locator(".menu").getByText("Declare an incident")).hasCount(0);
        dana.page().locator(".menu").getByText("Declare from this").click();
        dana.page().waitForCondition(() -> slack.journal().deliveries().size() == 2);

        assertThat(slack.journal().deliveries()).extracting(one -> one.payload().path("type").asText() + " "
                + one.payload().path("callback_id").asText() + " " + one.payload().at("/message/text").asText())
                .containsExactly("shortcut declare ", "message_action declare_from checkout is slow");
    }

    @Test
    void whoReadsStaysWhereTheyAreWhenTheClockIsTurned() {
        for (int i = 1; i <= 40; i++) {
            slack.channel("general").post(slack.person("omar"), "message number " + i);
        }
        Window dana = window("dana/general", Look.LIGHT);
        Locator last = dana.messages("message number 40");
        assertThat(last).isInViewport();
        dana.presses("Alt+b", "ArrowLeft");
        dana.button(dana.page().locator("#panel"), "+ 8 hours").click();
        assertThat(dana.page().locator(".toast")).containsText("8 hours later");

        assertThat(last).isInViewport();
        nobodyHasComplained();
    }

    @Test
    void peopleWriteToEachOtherFoundByKeyboard() {
        Window dana = window("dana/general", Look.LIGHT);
        Window olga = window("olga/general", Look.DARK);
        dana.presses("Control+k");
        assertThat(dana.dialog()).containsText("Go to");
        assertThat(Accessibility.grave(dana.page())).isEmpty();
        dana.types("olsen");
        dana.presses("Enter");
        assertThat(dana.page().locator("#head h2")).hasText("Olga Olsen");
        assertThat(dana.composer()).isFocused();
        dana.types("is *checkout* slow for you");
        dana.presses("Enter");

        Locator room = olga.page().locator("#sidebar .room")
                .filter(new Locator.FilterOptions().setHasText("Dana Diaz"));
        assertThat(room.locator(".count")).hasText("1");
        room.click();
        assertThat(olga.messages("for you").locator("strong")).hasText("checkout");
        assertThat(room.locator(".count")).hasCount(0);
        olga.says("It is");
        assertThat(dana.messages("It is").last()).isVisible();
        assertThat(Accessibility.grave(olga.page())).isEmpty();
        olga.screenshot("direct-dark");
        dana.presses("Control+k");
        dana.types("no such place");
        assertThat(dana.dialog().locator(".none")).containsText("Nothing here is called no such place");
        nobodyHasComplained();
    }

    @Test
    void aNameTellsWhoItIsAndLeadsToThem() {
        Window dana = window("dana/general", Look.LIGHT);
        slack.channel("general").post(slack.person("omar"), "ask <@" + Seed.OLGA + ">");
        dana.messages("ask").getByText("@Olga Olsen").click();
        Locator profile = dana.page().locator(".profile");
        assertThat(profile).containsText("On call, Checkout team");
        assertThat(profile).containsText("@checkout");
        assertThat(Accessibility.grave(dana.page())).isEmpty();
        dana.screenshot("profile-light");
        dana.presses("Escape");
        assertThat(profile).hasCount(0);

        dana.messages("ask").getByText("Omar Okafor").first().click();
        dana.button(profile, "Be Omar Okafor").click();
        assertThat(dana.page().locator(".person-switch")).containsText("Omar Okafor");
        nobodyHasComplained();
    }

    @Test
    void helpsWithWriting() {
        Window dana = window("dana/general", Look.LIGHT);
        dana.composer().click();
        dana.types("done :tad");
        assertThat(dana.page().locator(".choice.active")).containsText(":tada:");
        dana.presses("Tab", "Control+b");
        dana.types("now");
        dana.presses("Enter");
        assertThat(dana.messages("done").locator("strong")).hasText("now");

        dana.presses("ArrowUp");
        assertThat(dana.field("What it says")).hasValue("done :tada: *now*");
        dana.field("What it says").fill("done, at last");
        dana.presses("Enter");
        assertThat(dana.messages("done, at last")).containsText("(edited)");
        assertThat(dana.composer()).isFocused();
        nobodyHasComplained();
    }

    @Test
    void aLinkToAMessageLeadsToIt() {
        Window dana = window("dana/payments", Look.LIGHT);
        dana.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        slack.channel("payments").post(slack.person("omar"), "the one");
        Locator one = dana.messages("the one");
        one.hover();
        dana.button(one, "More").click();
        dana.page().locator(".menu").getByText("Copy the link").click();
        assertThat(dana.page().locator(".toast")).containsText("The link is copied");
        String link = (String) dana.page().evaluate("navigator.clipboard.readText()");

        dana.page().locator("#sidebar .room-name").getByText("general").click();
        dana.says("look at " + link);
        dana.messages("look at").locator("a").click();
        assertThat(dana.page().locator("#head h2")).hasText("payments");
        assertThat(one).isFocused();
        nobodyHasComplained();
    }

    @Test
    void showsPagesOfAFormThatArePushedAndLeadsBackToTheOneBelow() {
        Window dana = window("dana/general", Look.LIGHT);
        shows("views.open", "First", "Name");
        dana.field("Name").fill("what I had typed");
        dana.presses("Tab");
        shows("views.push", "Second", "Reason");
        assertThat(dana.dialog().locator("h2")).hasText("Second");
        assertThat(dana.field("Reason")).isFocused();
        assertThat(dana.page().locator("dialog[open]")).hasCount(1);

        dana.button(dana.dialog(), "Back").click();
        assertThat(dana.dialog().locator("h2")).hasText("First");
        assertThat(dana.field("Name")).hasValue("what I had typed");
        assertThat(dana.dialog().locator(".step-back")).hasCount(0);
        dana.presses("Escape");
        assertThat(dana.dialog()).isHidden();
        assertThat(dana.composer()).isFocused();
        nobodyHasComplained();
    }

    /** Has Dana shown a page with one field, as an app does that was called by a shortcut. */
    private void shows(String method, String title, String label) {
        String view = """
                {"type": "modal", "title": {"type": "plain_text", "text": "%s"},
                 "submit": {"type": "plain_text", "text": "Send"}, "blocks": [{"type": "input", "block_id": "b",
                 "label": {"type": "plain_text", "text": "%s"},
                 "element": {"type": "plain_text_input", "action_id": "a"}}]}""".formatted(title, label);
        String trigger = slack.person("dana").shortcut("declare").payload().path("trigger_id").asText();
        APIRequestContext api = windows.getFirst().page().request();
        APIResponse answer = api.post(slack.apiUrl().resolve(method).toString(), RequestOptions.create()
                .setHeader("Authorization", "Bearer " + slack.botToken())
                .setForm(FormData.create().set("trigger_id", trigger).set("view", view)));
        assertThat(answer.text()).contains("\"ok\":true");
    }

    @Test
    void makesAChannelAndSaysWhyNot() {
        Window dana = window("dana/general", Look.LIGHT);
        dana.page().getByText("New channel").click();
        dana.field("Name").fill("payments");
        dana.presses("Enter");
        assertThat(dana.dialog().locator(".toast")).containsText("#payments is taken");
        dana.field("Name").fill("Card trouble");
        dana.presses("Enter");
        assertThat(dana.page().locator("#head h2")).hasText("card-trouble");
        assertThat(dana.composer()).isVisible();
        nobodyHasComplained();
    }

    @Test
    void whoIsAtTheEndStaysThereWhenMuchComesAtOnce() {
        for (int i = 1; i <= 40; i++) {
            slack.channel("general").post(slack.person("omar"), "message number " + i);
        }
        Window dana = window("dana/general", Look.LIGHT);
        assertThat(dana.messages("message number 40")).isInViewport();

        // More comes after the page has scrolled, and before the browser has told it so.
        Object left = dana.page().evaluate("""
                async () => {
                  const stream = document.getElementById('stream');
                  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                  for (let i = 0; i < 6; i++) {
                    const more = document.createElement('div');
                    more.style.height = '300px';
                    stream.firstElementChild.append(more);
                    await frame();
                  }
                  await frame();
                  return Math.round(stream.scrollHeight - stream.scrollTop - stream.clientHeight) <= 2;
                }""");
        assertThat(left).isEqualTo(true);
        assertThat(dana.page().locator(".newest")).isHidden();
        nobodyHasComplained();
    }

    @Test
    void whoReadsWhatIsOlderIsToldOfWhatComes() {
        for (int i = 1; i <= 40; i++) {
            slack.channel("general").post(slack.person("omar"), "message number " + i);
        }
        Window dana = window("dana/general", Look.LIGHT);
        Locator newest = dana.page().locator(".newest");
        assertThat(dana.messages("message number 40")).isInViewport();
        assertThat(newest).isHidden();
        dana.messages("message number 1 ").or(dana.messages("message number 2")).first().scrollIntoViewIfNeeded();
        assertThat(newest).hasText("To the newest");
        slack.channel("general").post(slack.person("omar"), "one more");
        assertThat(newest).hasText("1 new message");
        dana.screenshot("newest-light");

        newest.click();
        assertThat(dana.messages("one more")).isInViewport();
        assertThat(newest).isHidden();
        nobodyHasComplained();
    }

    @Test
    void aBrowserThatWasCutOffSaysSoAndMissesNothing() {
        try (Relay network = new Relay(slack.pageUrl())) {
            Window dana = window(network.url(), "dana/general", Look.LIGHT);
            Window second = window(network.url(), "dana/payments", new Look(ColorScheme.DARK, 1360, 850));
            slack.channel("general").post(slack.person("omar"), "before");
            assertThat(dana.messages("before")).isVisible();

            network.cut();
            assertThat(dana.page().locator("#banner")).containsText("does not answer");
            dana.screenshot("cut-off-light");
            slack.channel("general").post(slack.person("omar"), "meanwhile");
            slack.person("olga").deeds().post(Seed.GENERAL, Optional.empty(), "and this");
            slack.person("omar").channelDeeds().topic(Seed.PAYMENTS, "Nothing is lost");
            network.mend();

            assertThat(dana.messages("meanwhile")).isVisible();
            assertThat(dana.messages("and this")).isVisible();
            assertThat(dana.page().locator("#banner")).isEmpty();
            assertThat(second.page().locator("#head .topic")).hasText("Nothing is lost");
            slack.channel("general").post(slack.person("omar"), "afterwards");
            assertThat(dana.messages("afterwards")).isVisible();
            dana.says("I am back");
            assertThat(dana.messages("I am back")).hasCount(1);
        }
    }
}
