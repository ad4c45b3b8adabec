package dev.steward.modules;

import dev.steward.modules.ModuleDescriptor.Output;
import dev.steward.modules.ModuleDescriptor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses variables that make no form, and a {@code module.yaml} that says something other than the HCL. */
final class VariableRules {
    private static final Pattern ANY = Pattern.compile("\\bany\\b");
    private static final Set<String> FLAG = Set.of("true", "false");

    private final Manifest manifest;
    private final List<Finding> findings = new ArrayList<>();

    private VariableRules(Manifest manifest) {
        this.manifest = manifest;
    }

    /** A variable or output block with the file that it is in. */
    record Declared(HclFile file, HclBlock block) {}

    static List<Finding> findings(List<HclFile> files, Manifest manifest) {
        var rules = new VariableRules(manifest);
        Map<String, Declared> variables = declared(files, "variable");
        Map<String, Declared> outputs = declared(files, "output");
        variables.forEach(rules::variable);
        outputs.forEach(rules::output);
        manifest.descriptor().variables().stream().map(Variable::name).filter(n -> !variables.containsKey(n))
                .forEach(n -> rules.inManifest(manifest.lines().variable(n), "describes a variable `" + n
                        + "` that the module does not have"));
        manifest.descriptor().outputs().stream().map(Output::name).filter(n -> !outputs.containsKey(n))
                .forEach(n -> rules.inManifest(manifest.lines().output(n), "describes an output `" + n
                        + "` that the module does not have"));
        return rules.findings;
    }

    static Map<String, Declared> declared(List<HclFile> files, String type) {
        Map<String, Declared> found = new LinkedHashMap<>();
        files.stream().filter(f -> FileRules.isRoot(f.path()))
                .forEach(f -> f.body().blocks(type).forEach(b -> found.put(b.label(0), new Declared(f, b))));
        return found;
    }

    private void variable(String name, Declared declared) {
        HclBlock block = declared.block();
        String variable = "the variable `" + name + "`";
        Optional<HclBlock.Value> type = block.attribute("type");
        if (type.isEmpty()) {
            add(declared, variable + " has no type", "give it one");
        } else if (ANY.matcher(type.get().text()).find()) {
            add(declared, variable + " has the type any", "give it an exact type, so that a form can ask for it");
        }
        if (description(block).isEmpty()) {
            add(declared, variable + " has no description", "say what it means in a plain string: people see it");
        }
        flag(declared, variable);
        if (sensitive(block) && block.attribute("default").isPresent()) {
            add(declared, variable + " is sensitive and has a default",
                    "remove the default: a secret is given, never written down");
        }
        manifest.descriptor().variable(name).ifPresentOrElse(v -> compare(v, declared),
                () -> add(declared, variable + " is not described in module.yaml", "describe it there"));
    }

    private void compare(Variable said, Declared declared) {
        HclBlock block = declared.block();
        String variable = "the variable `" + said.name() + "`";
        String type = block.attribute("type").map(HclBlock.Value::text).orElse("");
        if (!squeezed(type).equals(squeezed(said.type()))) {
            differs(declared, variable, "the type " + said.type());
        }
        if (!description(block).equals(Optional.of(said.description()))) {
            differs(declared, variable, "another description");
        }
        if (block.attribute("default").isPresent() == said.required()) {
            differs(declared, variable, said.required() ? "no default" : "a default");
        }
        if (sensitive(block) != said.sensitive()) {
            differs(declared, variable, said.sensitive() ? "sensitive: true" : "that it is not sensitive");
        }
    }

    private void output(String name, Declared declared) {
        String output = "the output `" + name + "`";
        flag(declared, output);
        Optional<Output> said = manifest.descriptor().outputs().stream().filter(o -> o.name().equals(name)).findFirst();
        if (said.isEmpty()) {
            add(declared, output + " is not described in module.yaml", "describe it there");
            return;
        }
        if (!description(declared.block()).equals(Optional.of(said.get().description()))) {
            differs(declared, output, "another description");
        }
        if (sensitive(declared.block()) != said.get().sensitive()) {
            differs(declared, output, said.get().sensitive() ? "sensitive: true" : "that it is not sensitive");
        }
    }

    private void flag(Declared declared, String of) {
        declared.block().attribute("sensitive").filter(v -> !FLAG.contains(v.text()))
                .ifPresent(v -> add(declared, of + " has an unusual value for sensitive", "write true or false"));
    }

    private static boolean sensitive(HclBlock block) {
        return block.attribute("sensitive").map(v -> !v.text().equals("false")).orElse(false);
    }

    private static Optional<String> description(HclBlock block) {
        return block.attribute("description").flatMap(HclBlock.Value::literal).filter(d -> !d.isBlank());
    }

    private static String squeezed(String type) {
        return type.replaceAll("(#|//)[^\\n]*", "").replaceAll("\\s*\\n\\s*", ",").replaceAll("\\s+", "")
                .replaceAll(",+", ",").replaceAll("([{(\\[]),", "$1").replaceAll(",([})\\]])", "$1");
    }

    private void differs(Declared declared, String subject, String said) {
        add(declared, "of " + subject + " module.yaml says " + said, "make both say the same");
    }

    private void add(Declared declared, String what, String advice) {
        findings.add(Finding.at(declared.file().path(), declared.block().line(), what, advice));
    }

    private void inManifest(int line, String what) {
        findings.add(Finding.at(ModuleFiles.NAME, line, what, "remove it, or add it to the module"));
    }
}
