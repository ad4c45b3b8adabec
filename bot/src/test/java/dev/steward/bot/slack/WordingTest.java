package dev.steward.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            who owns payments-api                                    | payments-api
            Who Owns payments-api?                                   | payments-api
            who owns `payments-api`, please?                         | payments-api
            hi Steward, could you please tell me who owns payments-api? thanks! | payments-api
            Hello! do you know who owns payments-api                 | payments-api
            who’s the owner of payments-api                          | payments-api
            who is responsible for the payments-api service          | the payments-api service
            which team runs payments-api                             | payments-api
            who looks after payments-api                             | payments-api
            owner of payments-api                                    | payments-api
            owner: payments-api                                      | payments-api
            /owner payments-api                                      | payments-api
            /acme-owner payments-api                                 | payments-api
            /acme-steward owner payments-api                         | payments-api
            owner payments-api                                       | payments-api
            payments-api owner                                       | payments-api
            whose is payments-api                                    | payments-api
            whose service is payments-api                            | payments-api
            who does payments-api belong to                          | payments-api
            whom should I ask about payments-api                     | payments-api
            tell me about payments-api                               | payments-api
            what is payments-api                                     | payments-api
            who owns payments.example.com (http://payments.example.com) | payments.example.com
            access to payments-api                                   | payments-api
            I need read access to payments-api                       | payments-api
            how do I get into payments-api                           | payments-api
            request access to payments-api                           | payments-api
            change payments-api                                      | payments-api
            i want to change payments-api                            | payments-api
            how can we remove payments-api                           | payments-api
            request change payments-api                              | payments-api""")
    void readsWhatIsAskedAboutOneThing(String text, String name) {
        assertThat(read(text)).contains(new Question.Owner(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            who is on call                           | ''
            whos on-call now                         | ''
            oncall                                   | ''
            /oncall                                  | ''
            am i on call?                            | ''
            who is on call for payments              | payments
            who's on call right now for payments?    | payments
            on call payments                         | payments
            /oncall payments                         | payments
            who is the payments on-call              | payments
            who should I page about payments         | payments
            who has the pager for payments           | payments""")
    void readsWhoIsOnCall(String text, String name) {
        assertThat(read(text)).contains(new Question.OnCall(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"what can I ask for?", "what can i request here", "what is there", "I need a new service",
            "we need a database", "I'd like a sandbox", "can I have a bucket", "how do I get a queue", "workflows",
            "what workflows are there", "request", "/request", "/request new-service", "new service",
            "could you please give me a sandbox?", "create a service"})
    void readsThatSomebodyNeedsSomething(String text) {
        assertThat(read(text)).contains(new Question.Wishes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"my access", "show me my access", "what have I got?", "what access do I have",
            "/access mine",
            "what do I have access to", "my grants", "list my permissions"})
    void readsThatSomebodyAsksForTheirAccess(String text) {
        assertThat(read(text)).contains(new Question.MyAccess());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            declare an incident                     | ''
            incident                                | ''
            how do I declare an incident?           | ''
            /incident help                          | ''
            /incident checkout errors               | checkout errors
            report an incident: checkout errors     | checkout errors
            checkout is down!                       | checkout is down
            the shop seems broken since ten         | the shop seems broken since ten
            something is wrong                      | something is wrong
            SEV-1 checkout errors                   | SEV-1 checkout errors
            there is an outage in checkout          | outage in checkout""")
    void readsThatSomethingIsWrong(String text, String title) {
        assertThat(read(text)).contains(new Question.Incident(title));
    }

    @Test
    void readsTheRest() {
        assertThat(read("")).contains(new Question.Help());
        assertThat(read("  ?! ")).contains(new Question.Help());
        assertThat(read("hello Steward")).contains(new Question.Help());
        assertThat(read("Can you help me, please?")).contains(new Question.Help());
        assertThat(read("what can you do")).contains(new Question.Help());
        assertThat(read("/acme-steward help")).contains(new Question.Help());
        assertThat(read("who has access to payments-api?")).contains(new Question.WhoHas("payments-api"));
        assertThat(read("/access who payments-api")).contains(new Question.WhoHas("payments-api"));
        assertThat(read("who owns?")).contains(new Question.Owner(""));
        assertThat(read("I need access")).contains(new Question.Access());
        assertThat(read("change")).contains(new Question.Change());
        assertThat(read("payments-api")).contains(new Question.Words("payments-api"));
        assertThat(read("*payments-now*")).contains(new Question.Words("payments-now"));
        assertThat(read("steward-api")).contains(new Question.Words("steward-api"));
        assertThat(read("sing me a song")).contains(new Question.Words("sing me a song"));
        assertThat(read("Thanks!")).isEmpty();
        assertThat(read("ok, thank you so much :+1:")).isEmpty();
    }

    @Test
    void findsTheNameAmongTheWordsAroundIt() {
        assertThat(Wording.names("payments-api")).containsExactly("payments-api");
        assertThat(Wording.names("the Payments API service")).containsExactly("the Payments API service",
                "Payments API service", "Payments API", "Payments-API", "the payments api service",
                "payments api service", "payments api", "payments-api");
        assertThat(Wording.names("#payments")).containsExactly("payments");
        assertThat(Wording.names("")).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"who owns ", "a is ", "/", "ok ", "hi, ", "please ", "incident : ", "get get ", "? ", "\n"})
    void readsWhateverIsWrittenInNoTime(String part) {
        Assertions.assertTimeout(Duration.ofSeconds(2),
                () -> assertThatCode(() -> read(part.repeat(40_000 / part.length()))).doesNotThrowAnyException());
    }

    private static Optional<Question> read(String text) {
        return Wording.read(text, text.contains("/acme-") ? "acme-" : "");
    }
}
