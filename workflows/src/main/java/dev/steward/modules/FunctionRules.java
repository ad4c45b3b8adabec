package dev.steward.modules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses functions that read outside the module or take the mark off a secret. */
final class FunctionRules {
    private static final Set<String> READING = Set.of("file", "fileexists", "fileset", "filebase64", "filemd5",
            "filesha1", "filesha256", "filesha512", "filebase64sha256", "filebase64sha512", "templatefile");
    private static final Pattern INSIDE = Pattern.compile("\"\\$\\{path\\.module}(/[A-Za-z0-9_.-]+)+\"|path\\.module");
    private static final Pattern IN_TEMPLATE = Pattern
            .compile("\\b(file[a-z0-9]*|templatefile|templatestring|nonsensitive)\\s*\\(");
    private static final String IN_MODULE = "write it as \"${path.module}/name\", without variables and without `..`";

    private final ModuleTree tree;
    private final List<Finding> findings = new ArrayList<>();

    private FunctionRules(ModuleTree tree) {
        this.tree = tree;
    }

    static List<Finding> findings(List<HclFile> files, ModuleTree tree) throws IOException {
        var rules = new FunctionRules(tree);
        for (var file : files) {
            for (var call : file.calls()) {
                rules.look(file, call);
            }
            file.references().stream().filter(r -> r.root().equals("path") && !r.attribute().equals("module"))
                    .forEach(r -> rules.add(file.path(), r.line(), "uses path." + r.attribute(),
                            "use path.module: nothing outside the module is there when it runs"));
        }
        return rules.findings;
    }

    private void look(HclFile file, HclFile.Call call) throws IOException {
        if (call.name().equals("nonsensitive")) {
            add(file.path(), call.line(), "nonsensitive() takes the mark off a secret",
                    "mark the output as sensitive instead");
        } else if (call.name().equals("templatestring")) {
            add(file.path(), call.line(), "templatestring() runs a template that vetting cannot see",
                    "use templatefile() with a file of the module");
        } else if (READING.contains(call.name())) {
            reading(file, call);
        }
    }

    private void reading(HclFile file, HclFile.Call call) throws IOException {
        String argument = call.firstArgument().orElse("");
        if (!INSIDE.matcher(argument).matches() || argument.contains("..")) {
            add(file.path(), call.line(), call.name() + "() may read outside the module", IN_MODULE);
        } else if (call.name().equals("templatefile")) {
            template(argument.replaceFirst("^\"\\$\\{path\\.module}/", "").replaceFirst("\"$", ""), file.path());
        }
    }

    /** A template may call functions as well. */
    private void template(String name, String caller) throws IOException {
        String folder = caller.contains("/") ? caller.substring(0, caller.lastIndexOf('/') + 1) : "";
        Path template = tree.files().get(folder + name);
        if (template == null) {
            return;
        }
        int line = 0;
        for (String text : new String(Files.readAllBytes(template), StandardCharsets.UTF_8).split("\n", -1)) {
            line++;
            var call = IN_TEMPLATE.matcher(text);
            if (call.find()) {
                add(folder + name, line, "calls " + call.group(1) + "() in a template",
                        "read files in the module's HCL and pass their content to the template");
            }
        }
    }

    private void add(String file, int line, String what, String advice) {
        findings.add(Finding.at(file, line, what, advice));
    }
}
