package dev.steward.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.openrewrite.hcl.internal.grammar.HCLLexer;
import org.openrewrite.hcl.internal.grammar.HCLParser;
import org.openrewrite.hcl.internal.grammar.HCLParser.AttributeAccessExpressionContext;
import org.openrewrite.hcl.internal.grammar.HCLParser.AttributeContext;
import org.openrewrite.hcl.internal.grammar.HCLParser.BlockContext;
import org.openrewrite.hcl.internal.grammar.HCLParser.BodyContext;
import org.openrewrite.hcl.internal.grammar.HCLParser.FunctionCallContext;
import org.openrewrite.hcl.internal.grammar.HCLParser.HeredocContext;
import org.openrewrite.hcl.internal.grammar.HCLParser.HeredocLiteralContext;
import org.openrewrite.hcl.internal.grammar.HCLParser.QuotedTemplateContext;
import org.openrewrite.hcl.internal.grammar.HCLParser.StringLiteralContext;

/**
 * Reads HCL with OpenRewrite's grammar.
 *
 * <p>
 * The grammar is more lenient than Terraform, which only means that Terraform refuses the file later; but where strings
 * end they could come to differ, and something could hide. So every string is looked at again ({@link HclStrings}), and
 * what is not certain is a problem.
 */
final class HclReader {
    private static final String PLAINER = "write it more plainly, so that nothing can hide in it";

    private final String path;
    private final String text;
    private final List<Finding> problems = new ArrayList<>();
    private final List<HclFile.Call> calls = new ArrayList<>();
    private final List<HclFile.Reference> references = new ArrayList<>();

    private HclReader(String path, String text) {
        this.path = path;
        this.text = text;
    }

    static HclFile read(String path, String text) {
        var reader = new HclReader(path, text);
        HclBlock body = reader.body();
        return new HclFile(path, text, body, List.copyOf(reader.calls), List.copyOf(reader.references),
                List.copyOf(reader.problems));
    }

    private HclBlock body() {
        // Code points beyond the BMP would shift ANTLR's offsets against those of a Java string.
        if (text.chars().anyMatch(c -> Character.isSurrogate((char) c) || (Character.isISOControl(c) && c != '\n'
                && c != '\t'))) {
            problems.add(Finding.of(path, "has control characters, carriage returns or characters beyond U+FFFF",
                    "write it as plain text with line feeds"));
            return new HclBlock("", List.of(), 1, 0, text.length(), Map.of(), List.of());
        }
        var lexer = new HCLLexer(CharStreams.fromString(text));
        var tokens = new CommonTokenStream(lexer);
        var parser = new HCLParser(tokens);
        var listener = new SyntaxErrors();
        lexer.removeErrorListeners();
        lexer.addErrorListener(listener);
        parser.removeErrorListeners();
        parser.addErrorListener(listener);
        var file = parser.configFile();
        if (problems.isEmpty() && parser.getCurrentToken().getType() != Token.EOF) {
            problem(parser.getCurrentToken().getLine(), "cannot be read from here on");
        }
        if (!problems.isEmpty()) {
            return new HclBlock("", List.of(), 1, 0, text.length(), Map.of(), List.of());
        }
        inspect(file);
        return block("", List.of(), file, file.body());
    }

    private HclBlock block(String type, List<String> labels, ParserRuleContext whole, BodyContext body) {
        Map<String, HclBlock.Value> attributes = new LinkedHashMap<>();
        List<HclBlock> blocks = new ArrayList<>();
        for (var content : body.bodyContent()) {
            if (content.attribute() != null) {
                attributes.put(nameOf(content.attribute()), value(content.attribute()));
            } else if (content.block() != null) {
                blocks.add(block(content.block()));
            }
        }
        Token stop = whole.getStop();
        return new HclBlock(type, labels, whole.getStart().getLine(), whole.getStart().getStartIndex(),
                stop == null ? text.length() : stop.getStopIndex() + 1, attributes, List.copyOf(blocks));
    }

    private HclBlock block(BlockContext context) {
        List<String> labels = context.blockLabel().stream()
                .map(l -> l.stringLiteral() == null ? l.getText() : HclStrings.unescape(l.stringLiteral().getText()))
                .toList();
        return block(context.Identifier().getText(), labels, context, context.blockExpr().body());
    }

    private static String nameOf(AttributeContext attribute) {
        return attribute.Identifier() == null ? attribute.NULL().getText() : attribute.Identifier().getText();
    }

    private HclBlock.Value value(AttributeContext attribute) {
        return new HclBlock.Value(source(attribute.expression()), attribute.getStart().getLine(),
                literal(attribute.expression()));
    }

    private static Optional<String> literal(ParseTree tree) {
        if (tree instanceof QuotedTemplateContext quoted) {
            var value = new StringBuilder();
            for (var part : quoted.quotedTemplatePart()) {
                if (part.stringLiteral() == null) {
                    return Optional.empty();
                }
                value.append(part.stringLiteral().getText());
            }
            return Optional.of(HclStrings.unescape(value.toString()));
        }
        return tree.getChildCount() == 1 ? literal(tree.getChild(0)) : Optional.empty();
    }

    private void inspect(ParseTree tree) {
        switch (tree) {
            case FunctionCallContext call -> calls.add(call(call));
            case AttributeAccessExpressionContext access -> references.add(new HclFile.Reference(
                    source(access.exprTerm()), access.getAttr().getText().substring(1), access.getStart().getLine()));
            case StringLiteralContext literal -> HclStrings.doubt(literal.getText())
                    .ifPresent(doubt -> problem(literal.getStart().getLine(), doubt));
            case HeredocLiteralContext literal -> HclStrings.templateDoubt(literal.getText())
                    .ifPresent(doubt -> problem(literal.getStart().getLine(), doubt));
            case HeredocContext heredoc -> HclStrings.heredocDoubt(source(heredoc))
                    .ifPresent(doubt -> problem(heredoc.getStart().getLine(), doubt));
            default -> {
            }
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            inspect(tree.getChild(i));
        }
    }

    private HclFile.Call call(FunctionCallContext call) {
        String name = Pattern.compile("^core::").matcher(call.functionName().getText().replaceAll("\\s", ""))
                .replaceFirst("");
        Optional<String> first = call.arguments() == null
                ? Optional.empty()
                : Optional.of(source(call.arguments().expression(0)));
        return new HclFile.Call(name, first, call.getStart().getLine());
    }

    private String source(ParserRuleContext context) {
        return text.substring(context.getStart().getStartIndex(), context.getStop().getStopIndex() + 1);
    }

    private void problem(int line, String what) {
        problems.add(Finding.at(path, line, what, PLAINER));
    }

    private final class SyntaxErrors extends BaseErrorListener {
        @Override
        public void syntaxError(Recognizer<?, ?> recognizer, @Nullable Object symbol, int line, int column,
                String message, @Nullable RecognitionException cause) {
            if (problems.isEmpty()) {
                problem(line, "cannot be read as HCL");
            }
        }
    }
}
