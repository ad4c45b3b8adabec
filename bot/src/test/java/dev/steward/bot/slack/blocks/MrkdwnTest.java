package dev.steward.bot.slack.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MrkdwnTest {
    @ParameterizedTest
    @ValueSource(strings = {"<!channel>", "<!here|here>", "<!subteam^S1>", "<@U123>", "<https://evil.example|click>",
            "<!\u200bchannel>", "<\n!channel>", "&lt;!channel&gt;"})
    void textFromElsewhereIsNeverAMentionOrALink(String evil) {
        List<Mrkdwn> all = List.of(Mrkdwn.text(evil), Mrkdwn.text(evil, 7), Mrkdwn.quote(evil, 100), Mrkdwn.code(evil),
                Mrkdwn.block(evil, 100), Mrkdwn.of("a {} b", evil), Mrkdwn.user(evil), Mrkdwn.channel(evil),
                Mrkdwn.link(evil, evil));
        assertThat(all).allSatisfy(m -> assertThat(m.markup()).doesNotContain("<"));
        String label = Mrkdwn.link("https://example.org/", evil).markup();
        assertThat(label.substring(1)).doesNotContain("<").endsWith(">");
    }

    @Test
    void escapesWhatIsAlreadyEscapedSoThatItReadsAsTyped() {
        assertThat(Mrkdwn.text("&lt;!channel&gt;").markup()).isEqualTo("&amp;lt;!channel&amp;gt;");
    }

    @Test
    void codeCannotBeLeft() {
        assertThat(Mrkdwn.code("a` *b* `c").markup()).isEqualTo("`a' *b* 'c`");
        assertThat(Mrkdwn.block("a```b", 100).markup()).isEqualTo("```a'''b```");
    }

    @Test
    void takesOutWhatReversesOrHidesText() {
        assertThat(Mrkdwn.text("abc\u202Edef\u200b\u0000g\nh").markup()).isEqualTo("abcdef gh".replace("gh", "g h"));
    }

    @Test
    void cutsWithoutCuttingAnEntity() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            String raw = IntStream.range(0, random.nextInt(60))
                    .mapToObj(i -> List.of("&", "<", ">", "a", "😀").get(random.nextInt(5)))
                    .reduce("", String::concat);
            int max = 1 + random.nextInt(40);
            String cut = Mrkdwn.text(raw, max).markup();
            assertThat(cut.length()).isLessThanOrEqualTo(max);
            assertThat(cut.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&").doesNotContain("<");
            assertThat(cut).isEqualTo(new String(cut.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void quotesEachLine() {
        assertThat(Mrkdwn.quote("one\ntwo", 100).markup()).isEqualTo(">one\n>two");
    }

    @Test
    void showsAMomentInEachReadersZoneWithUtcAsTheFallback() {
        assertThat(Mrkdwn.when(Instant.parse("2026-11-20T10:15:30Z")).markup())
                .isEqualTo("<!date^1795169730^{date_short_pretty} {time}|2026-11-20 10:15 UTC>");
    }

    @Test
    void refusesALinkThatIsNotHttp() {
        assertThat(Mrkdwn.link("javascript:alert(1)", "x").markup()).isEqualTo("x");
    }
}
