package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.steward.playground.emulator.Person;
import dev.steward.playground.page.Window.Look;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do at the page, each in a browser of their own. */
class PageTest extends BrowserTest {
    private static final List<String> PEOPLE = List.of("dana", "omar", "pia", "olga");

    @AfterEach
    void closeForms() {
        PEOPLE.stream().map(stage.slack()::person).forEach(person -> {
            while (person.view().isPresent()) {
                person.closeView();
            }
        });
    }

    @Test
    void tellsTheStoryOfANewServiceByMouse() {
        Window dana = window("dana");
        Window omar = window("omar");
        Window pia = window("pia/platform-requests", Look.DARK);

        dana.says("/request new-service");
        assertThat(dana.dialog()).containsText("Page 1 of 2");
        dana.field("Service name").fill("Payments Page");
        dana.field("What is it for?").fill("Takes payments for the shop");
        dana.button(dana.dialog(), "Next").click();
        assertThat(dana.dialog().locator(".field-error").first())
                .containsText("\"Payments Page\" is not possible: use lower case");
        assertThat(dana.field("Service name")).isFocused();
        dana.screenshot("form-error-light");
        dana.field("Service name").fill("payments-page");
        dana.button(dana.dialog(), "Next").click();
        assertThat(dana.dialog()).containsText("Page 2 of 2");
        dana.field("Tier 1").check();
        dana.button(dana.dialog(), "Submit").click();
        assertThat(dana.dialog()).isHidden();

        dana.button(dana.card("payments-page"), "Approve").click();
        assertThat(dana.whispers("nobody decides on their own request")).isVisible();
        dana.screenshot("refused-light");
        omar.button(omar.card("payments-page"), "Approve").click();
        assertThat(omar.whispers("Your approval counts")).isVisible();
        assertThat(pia.card("payments-page")).containsText(Pattern.compile("Next:.*Pia"));
        pia.screenshot("waiting-dark");
        pia.button(pia.card("payments-page"), "Approve").click();

        for (Window window : List.of(dana, omar, pia)) {
            assertThat(window.card("payments-page")).containsText("Applied");
            assertThat(window.card("payments-page").locator(".block-actions")).hasCount(0);
        }
        dana.card("payments-page").locator(".thread-summary").click();
        assertThat(dana.page().locator("#thread")).containsText("terraform_data.service");
        dana.screenshot("thread-light");
        pia.card("payments-page").locator(".thread-summary").click();
        assertThat(pia.page().locator("#thread")).containsText("terraform_data.service");
        pia.screenshot("thread-dark");
        dana.page().locator("[data-key=app]").click();
        assertThat(dana.messages("payments-page").first()).containsText("Applied");
    }

    @Test
    void tellsTheSameStoryByKeyboardAlone() {
        Window window = window("dana");

        assertThat(window.composer()).isFocused();
        window.types("/req");
        assertThat(window.page().locator(".choice.active")).containsText("/request");
        window.presses("Tab");
        window.types("new-service");
        window.presses("Enter");
        assertThat(window.field("Service name")).isFocused();
        window.types("Keyboard!");
        window.presses("Tab");
        window.types("Is asked for without a mouse");
        window.presses("Shift+Tab", "Enter");
        assertThat(window.dialog().locator(".field-error").first()).containsText("use lower case");
        assertThat(window.field("Service name")).isFocused();
        window.presses("Control+A");
        window.types("keyboard-page");
        window.presses("Enter");
        assertThat(window.field("Tier 3")).isFocused();
        window.presses("ArrowUp", "ArrowUp");
        assertThat(window.field("Tier 1")).isChecked();
        window.presses("Enter");
        assertThat(window.dialog()).isHidden();
        assertThat(window.composer()).isFocused();

        becomesByKeyboard(window, "Omar Okafor");
        approvesByKeyboard(window, "keyboard-page");
        becomesByKeyboard(window, "Pia Petrov");
        assertThat(window.card("keyboard-page")).containsText(Pattern.compile("Next:.*Pia"));
        approvesByKeyboard(window, "keyboard-page");
        assertThat(window.card("keyboard-page")).containsText("Applied");
    }

    private static void becomesByKeyboard(Window window, String name) {
        window.presses("Alt+p");
        assertThat(window.dialog()).containsText("Who do you want to be?");
        window.types(name);
        window.presses("Enter");
        assertThat(window.page().locator(".person-switch")).containsText(name);
    }

    private static void approvesByKeyboard(Window window, String service) {
        Locator approve = window.button(window.card(service), "Approve");
        assertThat(approve).isVisible();
        window.presses("Alt+m");
        for (int up = 0; up < 40 && !window.focused().innerText().contains(service); up++) {
            window.presses("ArrowUp");
        }
        for (int on = 0; on < 10 && !window.focused().innerText().equals("Approve"); on++) {
            window.presses("Tab");
        }
        assertThat(approve).isFocused();
        window.presses("Enter");
        assertThat(window.whispers("Your approval")).isVisible();
    }

    @Test
    void takesTextsForTextsWhateverTheySay() {
        Window dana = window("dana/general", Look.LIGHT);
        Person omar = stage.slack().person("omar");
        String hostile = "<img src=x onerror=\"window.hacked = 1\"><script>window.hacked = 2</script>"
                + "<a href=\"javascript:window.hacked = 3\">x</a> <javascript:window.hacked=4|click> <!channel";
        stage.slack().channel("general").post(omar, hostile);
        dana.says(hostile + ">");
        dana.says("`" + hostile + "` *" + hostile + "* @channels <@U0OMAR0001> &lt;b&gt;");

        Locator own = dana.messages("window.hacked = 1");
        assertThat(own).hasCount(3);
        assertThat(own.nth(1)).containsText("<!channel>");
        assertThat(own.nth(2)).containsText("<@U0OMAR0001> &lt;b&gt;");
        assertThat(own.locator("img[onerror], script, a[href^=javascript], .mention")).hasCount(0);
        own.getByText("click").first().click();
        assertThat(dana.page().evaluate("window.hacked")).isNull();

        dana.says("/request new-service <img src=x onerror=\"window.hacked=5\">");
        assertThat(dana.dialog()).isVisible();
        assertThat(dana.dialog().locator("img")).hasCount(0);
        assertThat(dana.page().evaluate("window.hacked")).isNull();
    }

    @Test
    void asksBeforeItCancelsAndLeadsFromTheDirectMessageToTheCard() {
        Window dana = window("dana");
        dana.says("/request new-service");
        dana.field("Service name").fill("cancel-page");
        dana.field("What is it for?").fill("Is asked for and taken back");
        dana.button(dana.dialog(), "Next").click();
        assertThat(dana.dialog()).containsText("Page 2 of 2");
        dana.button(dana.dialog(), "Submit").click();
        assertThat(dana.card("cancel-page")).containsText("Waiting for approval");

        dana.page().locator("[data-key=app]").click();
        Locator mine = dana.messages("cancel-page").first();
        dana.button(mine, "Cancel").click();
        assertThat(dana.button(dana.dialog(), "Cancel the request")).isFocused();
        dana.presses("Escape");
        assertThat(dana.dialog()).isHidden();
        assertThat(mine).containsText("Waiting for approval");
        dana.button(mine, "Cancel").click();
        dana.button(dana.dialog(), "Cancel the request").click();
        assertThat(mine).containsText("Cancelled");
        mine.getByText("Open the card").click();
        assertThat(dana.page().locator("#head h2")).hasText("platform-requests");
        assertThat(dana.card("cancel-page")).containsText("Cancelled");
        assertThat(dana.card("cancel-page")).isFocused();
    }

    @Test
    void showsTheHomeOfTheAppAndWhatBecomesOfARequestOnIt() {
        Window dana = window("dana/app/home", Look.LIGHT);
        Window omar = window("omar/app/home", Look.DARK);
        Locator home = dana.page().locator("#stream .home");
        assertThat(home).containsText("Ask for something");

        dana.button(home, "New service").click();
        dana.field("Service name").fill("home-page");
        dana.field("What is it for?").fill("Is asked for from the home of the app");
        dana.button(dana.dialog(), "Next").click();
        assertThat(dana.dialog()).containsText("Page 2 of 2");
        dana.button(dana.dialog(), "Submit").click();

        assertThat(home).containsText("home-page");
        Locator waiting = omar.page().locator(".home .block-section")
                .filter(new Locator.FilterOptions().setHasText("home-page"));
        assertThat(waiting).isVisible();
        assertThat(Accessibility.grave(omar.page())).isEmpty();
        omar.screenshot("home-dark");
        waiting.getByText("Open the card").click();
        assertThat(omar.card("home-page")).isFocused();
    }

    @Test
    void keepsAThreadTogether() {
        Window dana = window("dana/payments", Look.LIGHT);
        Window omar = window("omar/payments", Look.DARK);

        omar.says("Shall we call it *thread-api*, @Dana Diaz?");
        Locator asked = dana.messages("thread-api");
        assertThat(asked.locator("strong")).hasText("thread-api");
        assertThat(asked.locator(".mention.mine")).hasText("@Dana Diaz");
        asked.hover();
        dana.button(asked, "Reply in a thread").click();
        dana.types("Yes.");
        dana.presses("Enter");
        dana.types("Please");
        dana.presses("Shift+Enter");
        dana.types("do.");
        dana.presses("Enter");
        assertThat(omar.messages("thread-api").locator(".thread-summary")).containsText("2 replies");
        omar.messages("thread-api").locator(".thread-summary").click();
        assertThat(omar.page().locator("#thread")).containsText("Yes.");

        dana.presses("Escape");
        assertThat(dana.page().locator("#thread")).isHidden();
        asked.hover();
        dana.button(asked, "Add a reaction").click();
        dana.presses("ArrowDown", "Enter");
        assertThat(
                omar.messages("thread-api").locator(".reaction"))
                .hasAttribute("aria-label", "white_check_mark, 1: Dana Diaz");
    }

    @Test
    void showsTheSameToTwoWindowsOfOnePerson() {
        Window one = window("olga");
        one.says("/request new-service");
        assertThat(one.field("Service name")).isVisible();
        Window other = kept(one.another());

        assertThat(other.field("Service name")).isVisible();
        one.field("Service name").fill("two-windows");
        one.presses("Tab");
        assertThat(other.field("Service name")).hasValue("two-windows");
        one.presses("Escape");
        assertThat(one.dialog()).isHidden();
        assertThat(other.dialog()).isHidden();
    }

    @Test
    void keepsWhatIsTypedWhileTheFieldBeforeIsOnItsWay() {
        Window dana = window("dana");
        dana.says("/request new-service");
        List<Route> held = new ArrayList<>();
        dana.page().route("**/enter", route -> {
            if (held.isEmpty()) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        dana.field("Service name").fill("typed-fast");
        dana.presses("Tab");
        dana.types("Is typed before the server has the name");
        dana.page().waitForCondition(() -> !held.isEmpty());
        dana.page().waitForResponse("**/enter", held.getFirst()::resume);
        for (String channel : List.of("general", "no-bot")) {
            stage.slack().channel(channel).post(stage.slack().person("omar"), "Something else changes");
            assertThat(dana.page().locator("#sidebar .room.unread").getByText(channel)).isVisible();
        }

        assertThat(dana.field("What is it for?")).hasValue("Is typed before the server has the name");
        assertThat(dana.field("Service name")).hasValue("typed-fast");
    }

    @Test
    void keepsTheFocusInAFormAndGivesItBack() {
        Window dana = window("dana");
        dana.says("/request new-service");
        assertThat(dana.field("Service name")).isFocused();

        for (int tabs = 0; tabs < 25; tabs++) {
            dana.presses("Tab");
            assertThat((Boolean) dana.page().evaluate(
                    "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"))
                    .as("after %s tabs", tabs).isTrue();
        }
        dana.presses("Escape");
        assertThat(dana.dialog()).isHidden();
        assertThat(dana.composer()).isFocused();
    }

    @Test
    void leavesTheFocusWhereOneWorksWhenTheFormChanges() {
        Window dana = window("dana");
        dana.says("/request new-service");
        dana.field("Service name").fill("Not A Name");
        dana.field("What is it for?").fill("Has a name that is not possible");
        dana.button(dana.dialog(), "Next").click();
        assertThat(dana.field("Service name")).isFocused();

        Locator partners = dana.dialog().getByRole(AriaRole.RADIO,
                new Locator.GetByRoleOptions().setName("Partners"));
        partners.check();

        assertThat(dana.field("Which partners or customers?")).isVisible();
        assertThat(partners).isFocused();
    }

    @Test
    void searchesTheOptionsOfTheBotAsOneTypes() {
        Window dana = window("dana");
        dana.says("/request new-service");
        Locator team = dana.field("Owner team");
        assertThat(team).hasValue("payments");

        team.fill("plat");
        assertThat(dana.dialog().getByRole(AriaRole.OPTION)).containsText("platform");
        dana.presses("Enter");
        assertThat(team).hasValue(Pattern.compile("^platform"));
        dana.field("Partners").check();
        assertThat(dana.field("Which partners or customers?")).isVisible();
        assertThat(team).hasValue(Pattern.compile("^platform"));
    }

    @Test
    void keepsNobodyOutInEitherTheme() {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Window dana = window("dana/platform-requests", new Look(colours, 1360, 850));
            dana.says("A message to look at with <https://example.com> and `code`");
            dana.presses("Alt+t");
            assertThat(Accessibility.grave(dana.page())).as("main, %s", colours).isEmpty();
            dana.screenshot("main-" + colours.name().toLowerCase(Locale.ROOT));
            dana.presses("Alt+t", "Alt+b");
            assertThat(dana.page().locator("#panel .entry").first()).isVisible();
            assertThat(Accessibility.grave(dana.page())).as("panel, %s", colours).isEmpty();
            dana.screenshot("panel-" + colours.name().toLowerCase(Locale.ROOT));
            dana.presses("Escape");
            dana.says("/request new-service");
            assertThat(dana.field("Service name")).isVisible();
            assertThat(Accessibility.grave(dana.page())).as("form, %s", colours).isEmpty();
            dana.presses("Escape");
            assertThat(dana.dialog()).isHidden();
        }
    }

    @Test
    void fitsANarrowWindow() {
        Window dana = window("dana/platform-requests", new Look(ColorScheme.LIGHT, 360, 640));

        assertThat((Integer) dana.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        dana.page().locator(".sidebar-opener").click();
        dana.page().locator("#sidebar .room").filter(new Locator.FilterOptions().setHasText("general")).click();
        assertThat(dana.page().locator("#head h2")).hasText("general");
        dana.says("/request new-service");
        assertThat(dana.field("Service name")).isVisible();
        assertThat((Integer) dana.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        dana.screenshot("form-narrow");
    }

    @Test
    void saysSlacksOwnWordsWhenTheBotIsAway() {
        Window olga = window("olga");
        URI bot = URI.create("http://127.0.0.1:" + stage.port() + "/slack/events");
        stage.slack().deliverTo(URI.create("http://127.0.0.1:9/slack/events"));
        try {
            olga.says("/owner checkout");
            assertThat(olga.page().locator(".notice")).containsText("/owner failed with the error");
        } finally {
            stage.slack().deliverTo(bot);
        }
    }

    @Test
    void guidesThroughTheStory() {
        Window olga = window("olga");
        olga.presses("Alt+t");
        Locator tour = olga.page().locator("#tour");
        assertThat(tour).containsText("1 of");
        olga.button(tour, "Be Dana Diaz").click();
        assertThat(olga.page().locator(".person-switch")).containsText("Dana Diaz");
        olga.button(tour, "Put it into the composer").click();
        assertThat(olga.composer()).hasValue(Pattern.compile("^/request new-service"));
        assertThat(olga.composer()).isFocused();
        olga.button(tour, "End the tour").click();
        assertThat(tour).isHidden();
        olga.page().reload();
        assertThat(olga.page().locator(".app.ready")).isVisible();
        assertThat(tour).isHidden();
    }
}
