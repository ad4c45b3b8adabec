package dev.steward.bot.slack.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.requests.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every text that the code of the domain and of the Slack adapter holds for people, by the method that says it: refusals,
 * hints and errors too, which no message's golden file shows. Read from the compiled classes, so that none can be left out.
 */
class WordsTest {
    /** Where people are spoken to. The rest speaks to operators: settings, logs, the command line; or listens. */
    private static final Pattern SPEAKING = Pattern.compile(
            "dev/steward/(requests|access|stacks|approvals|incidents|oncall|bot/slack/(views|channels|sending/\\w*View)"
                    + "|bot/slack/(?!Wording$)\\w+$|catalog/(Standing|OperatingModel|Owners)|definitions/(Answer|Form|AccessForm|Field"
                    + "|Durations)).*");
    private static final Pattern SENTENCE = Pattern.compile("(?s).*\\p{Lower}{2,}.*\\s.*|(?s).*\\s.*\\p{Lower}{2,}.*");
    private static final Pattern QUERY = Pattern.compile(
            "(?s).*(\\b(SELECT|INSERT|UPDATE|DELETE|WHERE|JOIN|RETURNING|EXISTS|COALESCE|ORDER BY|IS NULL|IS NOT NULL)\\b"
                    + "|coalesce\\(| = :|nullif\\(| = '\\w+').*");
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");

    @Test
    void everyTextIsAsAgreed() {
        Map<String, Object> words = words();

        assertThat(words).hasSizeGreaterThan(100);
        Golden.assertSame("words", words);
    }

    @Test
    void nobodyIsShoutedAt() {
        assertThat(words().toString().replaceAll("<!(here|channel|date)", "")).doesNotContain("!");
    }

    private static Map<String, Object> words() {
        Map<String, Object> words = new TreeMap<>();
        Stream.of(Requests.class, CommandAnswers.class).forEach(known -> classes(known).forEach(bytes -> {
            ClassModel model = ClassFile.of().parse(bytes);
            String name = model.thisClass().asInternalName();
            if (SPEAKING.matcher(name).matches()) {
                Map<String, List<String>> said = said(model);
                if (!said.isEmpty()) {
                    words.put(name.substring("dev/steward/".length()).replace('/', '.'), said);
                }
            }
        }));
        return words;
    }

    private static Map<String, List<String>> said(ClassModel model) {
        Map<String, List<String>> said = new TreeMap<>();
        for (MethodModel method : model.methods()) {
            List<String> texts = method.code().map(WordsTest::texts).orElse(List.of());
            if (!texts.isEmpty()) {
                String name = LAMBDA.matcher(method.methodName().stringValue()).replaceAll("$1");
                said.computeIfAbsent(name.replace("<clinit>", "constants").replace("<init>", "new"),
                        _ -> new ArrayList<>()).addAll(texts);
            }
        }
        said.values().forEach(texts -> texts.sort(null));
        return said;
    }

    /** The texts of a method, but for what goes into a log or an exception. */
    private static List<String> texts(CodeModel code) {
        List<String> texts = new ArrayList<>();
        Deque<Integer> notForPeople = new ArrayDeque<>();
        for (CodeElement element : code) {
            switch (element) {
                case ConstantInstruction constant when constant.constantValue() instanceof String text ->
                    texts.add(text);
                case InvokeDynamicInstruction call when call.bootstrapMethod().methodName()
                        .equals("makeConcatWithConstants") ->
                    texts.add(recipe(call));
                case FieldInstruction field when field.typeSymbol().displayName().equals("Logger") ->
                    notForPeople.push(texts.size());
                case NewObjectInstruction created when created.className().asInternalName().endsWith("Exception") ->
                    notForPeople.push(texts.size());
                case InvokeInstruction call when endsWhatIsNotForPeople(call) && !notForPeople.isEmpty() ->
                    texts.subList(Math.min(notForPeople.pop(), texts.size()), texts.size()).clear();
                default -> {
                }
            }
        }
        return texts.stream().map(String::strip).filter(WordsTest::forPeople).toList();
    }

    private static boolean endsWhatIsNotForPeople(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        return owner.equals("org/slf4j/Logger")
                || (owner.endsWith("Exception") && call.name().equalsString("<init>"));
    }

    private static String recipe(InvokeDynamicInstruction call) {
        String text = String.valueOf(call.bootstrapArgs().getFirst());
        for (var constant : call.bootstrapArgs().subList(1, call.bootstrapArgs().size())) {
            text = text.replaceFirst("\u0002", String.valueOf(constant).replace("$", "\\$"));
        }
        return text.replace("\u0001", "{}");
    }

    private static boolean forPeople(String text) {
        return SENTENCE.matcher(text).matches() && !QUERY.matcher(text).matches() && !text.startsWith("{\"type\"");
    }

    private static List<byte[]> classes(Class<?> known) {
        try {
            Path place = Path.of(known.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return classes(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return classes(jar.getPath("/"));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<byte[]> classes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")).map(WordsTest::bytes).toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
