package dev.steward.playground.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.steward.playground.emulator.EmulatorOptions;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.page.Window.Look;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the page shows what Slack's formats can say, whether Steward says it or not. No bot is needed for that. */
class RenderingTest {
    private static final String BLOCKS = """
            [{"type": "header", "text": {"type": "plain_text", "text": "A header"}},
             {"type": "section", "text": {"type": "mrkdwn", "text": "*bold*"},
              "fields": [{"type": "plain_text", "text": "one"}, {"type": "mrkdwn", "text": "_two_"}],
              "accessory": {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Press"}}},
             {"type": "divider"},
             {"type": "context", "elements": [{"type": "mrkdwn", "text": "small print"},
              {"type": "image", "image_url": "https://example.com/i.png", "alt_text": "a picture"}]},
             {"type": "image", "image_url": "https://example.com/i.png", "alt_text": "a big picture"},
             {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [
              {"type": "rich_text_section", "elements": [{"type": "text", "text": "an item", "style": {"bold": true}}]}]}]},
             {"type": "actions", "elements": [
              {"type": "overflow", "action_id": "b", "options": [{"text": {"type": "plain_text", "text": "x"}, "value": "x"}]},
              {"type": "users_select", "action_id": "c"}, {"type": "multi_static_select", "action_id": "d",
               "options": [{"text": {"type": "plain_text", "text": "y"}, "value": "y"}]},
              {"type": "datepicker", "action_id": "e"}, {"type": "conversations_select", "action_id": "f"},
              {"type": "workflow_button", "text": {"type": "plain_text", "text": "Flow"}}]},
             {"type": "input", "block_id": "i", "label": {"type": "plain_text", "text": "How many?"},
              "element": {"type": "number_input", "action_id": "g", "is_decimal_allowed": false}},
             {"type": "input", "block_id": "j", "label": {"type": "plain_text", "text": "Where?"}, "optional": true,
              "element": {"type": "url_text_input", "action_id": "h"}},
             {"type": "table", "rows": []}]
            """;
    private static final String RENDER = """
            async given => {
              const { blocks } = await import('/js/blocks.js');
              const node = document.createElement('div');
              node.id = 'rendered';
              const surface = { level: '3', text: 'What it *says*', errors: { i: 'Too many' }, controls: [],
                held: () => undefined, changed: () => {}, use: () => {}, suggest: () => [] };
              node.append(...blocks(JSON.parse(given), surface));
              document.getElementById('stream').replaceChildren(node);
            }""";
    private static final String MRKDWN = """
            async given => {
              const node = document.createElement('div');
              node.append(...(await import('/js/mrkdwn.js')).mrkdwn(given));
              return node.innerHTML;
            }""";

    private static SlackEmulator slack;
    private static Chromium chromium;
    private static Window window;

    @BeforeAll
    static void open() {
        slack = SlackEmulator.start(EmulatorOptions.defaults());
        chromium = Chromium.start();
        window = Window.open(chromium.browser(), slack.apiUrl().resolve("/"), "dana/general", Look.LIGHT);
    }

    @AfterAll
    static void close() {
        window.close();
        chromium.close();
        slack.close();
    }

    @Test
    void showsEveryBlockAndWarnsOfOneThatItDoesNotKnow() {
        window.page().evaluate(RENDER, Json.parse(BLOCKS).orElseThrow().toString());
        Locator shown = window.page().locator("#rendered");

        assertThat(shown.locator(".unknown").allInnerTexts()).containsExactly(
                "The playground cannot show this element: workflow_button.\nFlow",
                "The playground cannot show this block: table.\nWhat it says");
        assertThat(shown.innerText()).contains("A header", "bold", "one", "two", "Press", "small print", "an item",
                "How many?", "Too many", "Where? (optional)");
        assertThat(shown.getByRole(AriaRole.IMG).count()).isEqualTo(2);
        assertThat(shown.getByLabel("How many?").getAttribute("aria-invalid")).isEqualTo("true");
        assertThat(Accessibility.grave(window.page())).isEmpty();
        assertThat(window.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '"', textBlock = """
            a *b* _c_ ~d~ `e`              → a <strong>b</strong> <em>c</em> <s>d</s> <code>e</code>
            *b _c_*                        → <strong>b <em>c</em></strong>
            2*3*4 snake_case_name a~b~c    → 2*3*4 snake_case_name a~b~c
            *not bold * `*code*`           → *not bold * <code>*code*</code>
            &lt;b&gt; &amp;amp; <b>        → &lt;b&gt; &amp;amp; <span>b</span>
            ```a *b*```                    → <pre>a *b*</pre>
            &gt; said                      → <blockquote>said</blockquote>
            • one                          → <ul><li>one</li></ul>
            :tada: :no_such_emoji: 12:30:45 → 🎉 :no_such_emoji: 12:30:45
            <!date^0^{no_such}|some day>  → some day
            <!here>                        → <span class="mention mine">@here</span>
            <javascript:alert(1)|x>       → <span>x</span>
            """)
    void readsMrkdwnAsSlackDoes(String written, String shown) {
        assertThat(window.page().evaluate(MRKDWN, written)).isEqualTo(shown);
    }

    @Test
    void namesPeopleGroupsChannelsAndTimesForTheOneWhoReads() {
        String html = (String) window.page().evaluate(MRKDWN, "<@U0DANA0001> <@U0OMAR0001> <!subteam^S0PLATFORM> "
                + "<#C0GENERAL1> <https://example.com/?a=1&amp;b=2|label>");
        assertThat(html).contains(">@Dana Diaz</button>", ">@Omar Okafor</button>", ">@platform</span>",
                ">#general</a>",
                "href=\"https://example.com/?a=1&amp;b=2\"", ">label</a>");

        assertThat(List.of("dana", "paul").stream().map(RenderingTest::noon).toList())
                .containsExactly("20 Nov 2026 13:00", "20 Nov 2026 21:00");
    }

    /** Noon of 20 November 2026 in UTC, as that person sees it. */
    private static String noon(String person) {
        try (Window theirs = Window.open(chromium.browser(), slack.apiUrl().resolve("/"), person + "/general",
                Look.LIGHT)) {
            String html = (String) theirs.page().evaluate(MRKDWN, "<!date^1795176000^{date_short} {time}|never>");
            return html.replaceAll("<[^>]*>", "");
        }
    }
}
