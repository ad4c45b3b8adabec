package dev.steward.bot.slack;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How people put their questions. Patterns over one line, of which no more than {@value #LONGEST} characters are read: the
 * first that fits all of it says what is asked.
 */
final class Wording {
    private static final int LONGEST = 300;

    private static final Pattern LINK = Pattern.compile(" \\((?:https?|mailto):[^)\\s]*\\)");
    private static final Pattern THANKS = pattern(
            "(?:(?:ok|okay|thanks|thank you|thx|great|perfect|cool|nice|got it|you"
                    + "|so much|a lot|very much|:[a-z0-9_+'-]{1,40}:)[\\s,.!]*)+");
    private static final Pattern LEAD = pattern("(?:(?:hi|hello|hey|hallo|dear|good (?:morning|afternoon|evening))"
            + "(?: (?:there|all|team|everyone|steward))?|@?steward|please|pls|so|(?:quick )?question|any idea"
            + "|(?:can|could|would|will) you(?: please)?(?: (?:tell|show|let) (?:me|us)(?: know)?)?"
            + "|(?:do|does) (?:you|anyone|anybody|someone|somebody) know|(?:tell|show) (?:me|us)"
            + "|(?:i|we)(?:'d| would)? (?:want|like|need) to know)(?=$|[\\s,.:;!])[\\s,.:;!-]*");
    private static final Pattern TAIL = Pattern.compile("(?:[\\s?!.,;:…]+"
            + "|(?:^|\\s)(?:please|pls|thanks|thank you|thx|now|right now|today|at the moment))$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMAND = Pattern.compile("/(\\S+)(.*)");
    private static final Pattern BEFORE = pattern("(?:the|our|my|an?|this|that|service|team|resource|system) ");
    private static final Pattern AFTER = Pattern.compile(
            " (?:service|team|resource|system|component|app|database|db|bucket)$", Pattern.CASE_INSENSITIVE);

    private static final String WHO_IS = "(?:who(?:'s|s| is| are)?|which team(?: is)?|what team(?: is)?)";
    private static final String I_WANT = "(?:how (?:do|can|could|should) (?:i|we)(?: get| have| gain| obtain| request)?"
            + "|(?:i|we)(?:'d| would)? (?:need|want|like|have|require)(?: to)?(?: get| have| request)?"
            + "|(?:can|could|may) (?:i|we)(?: get| have| request)?|(?:give|get|grant) (?:me|us)|let me|request|ask for"
            + "|get)";
    private static final String I_NEED = "(?:how (?:do|can|could|should) (?:i|we) (?:get|request|order|create|make|have|add"
            + "|set up)|(?:i|we)(?:'d| would)? (?:need|want|like|require)|(?:can|could|may) (?:i|we) (?:get|have|request)"
            + "|(?:give|get) (?:me|us)|ask for|create|make|order|add|set up)";

    /** The groups of a pattern, whatever they are called, are the places where something may be named. */
    private static final List<Rule> RULES = List.of(
            says(new Question.Help(),
                    "|(?:i need )?help(?: .*)?|what (?:can|do|could) you do(?: .*)?|wh(?:o|at) are you"
                            + "|how do(?:es)? (?:this|it|you|steward) work|commands|examples|usage"),
            says(new Question.MyAccess(), "access mine|(?:(?:what(?:'s| is)?|list|which|show) )?my (?:current )?"
                    + "(?:access(?:es)?|grants?|permissions|leases|roles)"
                    + "|what (?:access )?(?:have i(?: got)?|do i have)(?: access)?(?: to)?"
                    + "|(?:where|what) do i have access(?: to)?"),
            about(Question.WhoHas::new, "who(?: all)? (?:has|have|can) (?:access(?: to)?|get into|reach) (?<x>.+)"
                    + "|access who (?<y>.+)"),
            says(new Question.OnCall(""), "(?:am i|when am i|are we|my) on[- ]?call|on[- ]?call mine"),
            about(Question.OnCall::new, "(?:" + WHO_IS + " )?on[- ]?call(?: (?:right )?now| today)?"
                    + "(?: (?:for|at|in|of|on))?(?: (?<x>.+))?|" + WHO_IS + " (?:the )?(?<w>\\S+) on[- ]?call"
                    + "|(?:who|whom) (?:do|should|can|must) (?:i|we) (?:page|call|wake(?: up)?)(?: (?:for|about))?"
                    + "(?: (?<y>.+))?|who has the pager(?: for (?<z>.+))?"),
            says(new Question.Incident(""), "incident help"),
            about(Question.Incident::new, "(?:how (?:do|can|should) (?:i|we) |i (?:want|need|would like) to )?"
                    + "(?:(?:declare|open|start|raise|report|create)(?: an?| the)? )?(?:new )?incident"
                    + "(?:[: ]+(?<x>.+))?"),
            about(name -> name.isEmpty() ? new Question.Access() : new Question.Owner(name), "(?:" + I_WANT + " )?"
                    + "(?:an? |the |some )?(?:\\w+ )?access(?: (?:to|for|on|in|into))?(?: (?<x>.+))?"
                    + "|(?:how (?:do|can) i )?(?:get|log|ssh) (?:in ?)?to (?<y>.+)"),
            about(name -> name.isEmpty() ? new Question.Change() : new Question.Owner(name), "(?:" + I_WANT + " )?"
                    + "(?:change|modify|edit|resize|upgrade|remove|delete|decommission|destroy|retire)(?: (?<x>.+))?"),
            about(Question.Owner::new, "(?:the )?owners?(?: of| for)?(?:[: ]+(?<x>.+))?"
                    + "|" + WHO_IS + "(?: the)? (?:owns?|owning|owners? (?:of|for)|responsible for|accountable for"
                    + "|in charge of|behind|maintain(?:s|ing)?|runs?|running|operat(?:es?|ing)|look(?:s|ing)? after"
                    + "|tak(?:es?|ing) care of|manag(?:es?|ing)|built)(?: (?<y>.+))?|(?<z>\\S+) owners?"),
            about(Question.Owner::new,
                    "whose(?: (?:service|resource|thing|app|system|team|database|bucket))? is (?<x>.+)"
                            + "|whose (?<y>.+)|(?:who|to whom|whom) does (?<z>.+) belong(?: to)?"
                            + "|(?:who|whom) (?:do|can|should|could) (?:i|we) (?:ask|talk to|contact|speak to)(?: about| for)"
                            + " (?<w>.+)|(?:tell me )?about (?<v>.+)"),
            says(new Question.Wishes(),
                    "what (?:can|could|may) (?:i|we) (?:ask|request|get|order|do|have|create)(?: .*)?"
                            + "|what(?:'s| is| are)? (?:there|available|on offer|possible|you offer)(?: .*)?"
                            + "|what do you (?:offer|have)|(?:(?:list|show|which|what) )?(?:all )?(?:the )?(?:workflows|forms)"
                            + "(?: .*)?|(?:new|request|order)(?: .*)?|" + I_NEED + " .+"),
            about(Question.Incident::new, "(?<x>(?:.+ )?(?:is|are|went|seems?|looks?) (?:down|broken|on fire|failing"
                    + "|not working|unavailable|unreachable|dead|wrong)(?: .+)?)|(?<y>sev-?[1-4]\\b.*)"
                    + "|(?:there(?:'s| is) )?(?:an? )?(?<z>(?:outage|emergency)(?: .+)?)"),
            about(Question.Owner::new, "(?:what|who)(?:'s| is| are) (?<x>.+)|(?:show|find|look up|describe) (?<y>.+)"
                    + "|info(?:rmation)?(?: (?:on|about|for))? (?<z>.+)"));

    private Wording() {}

    /**
     * Reads a text.
     *
     * @param text
     *            as people read it, without mentions of Steward
     * @param prefix
     *            what stands between the slash and the name of this installation's commands
     * @return nothing where there is nothing to answer
     */
    static Optional<Question> read(String text, String prefix) {
        String plain = plain(text);
        if (THANKS.matcher(plain).matches()) {
            return Optional.empty();
        }
        String asked = bare(plain, prefix);
        return Optional.of(RULES.stream().flatMap(rule -> rule.read(asked).stream()).findFirst()
                .orElseGet(() -> new Question.Words(asked)));
    }

    /** What may be meant by "the Payments API service": that, and with less and less around it; the barest last. */
    static List<String> names(String part) {
        String typed = part.replaceFirst("^[#@\\s]+", "").strip();
        String bare = typed;
        for (Matcher before = BEFORE.matcher(bare); before.lookingAt(); before = BEFORE.matcher(bare)) {
            bare = bare.substring(before.end());
        }
        String name = AFTER.matcher(bare).replaceFirst("");
        Set<String> names = new LinkedHashSet<>(List.of(typed, bare, name, name.replace(' ', '-')));
        List.copyOf(names).forEach(one -> names.add(one.toLowerCase(Locale.ROOT)));
        return List.copyOf(names);
    }

    /**
     * A way to put a question.
     *
     * @param question
     *            from what is named, which may be nothing
     */
    private record Rule(Pattern pattern, Function<String, Question> question) {
        Optional<Question> read(String asked) {
            Matcher matcher = pattern.matcher(asked);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String name = matcher.namedGroups().keySet().stream()
                    .flatMap(group -> Optional.ofNullable(matcher.group(group)).stream()).findFirst().orElse("");
            return Optional.of(question.apply(name.strip()));
        }
    }

    private static Rule says(Question question, String pattern) {
        return new Rule(pattern(pattern), name -> question);
    }

    private static Rule about(Function<String, Question> question, String pattern) {
        return new Rule(pattern(pattern), question);
    }

    private static Pattern pattern(String whole) {
        return Pattern.compile("(?:" + whole + ")", Pattern.CASE_INSENSITIVE);
    }

    /** One line without quotes and emphasis, with links as they were typed. */
    private static String plain(String text) {
        String line = LINK.matcher(text.replaceAll("\\s+", " ")).replaceAll("").replace('’', '\'');
        String bare = line.replaceAll("[`*\"“”«»]", "").strip();
        return bare.length() > LONGEST ? bare.substring(0, LONGEST) : bare;
    }

    /** The question without manners around it, and without slash and prefix where it is put like a command. */
    private static String bare(String plain, String prefix) {
        String left = plain;
        String before;
        do {
            before = left;
            Matcher lead = LEAD.matcher(left);
            left = TAIL.matcher(lead.lookingAt() ? left.substring(lead.end()) : left).replaceFirst("").strip();
        } while (!left.equals(before));
        Matcher command = COMMAND.matcher(left);
        if (!command.matches()) {
            return left;
        }
        String name = command.group(1);
        return bare((name.startsWith(prefix) ? name.substring(prefix.length()) : name) + command.group(2), prefix);
    }
}
