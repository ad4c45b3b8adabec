package dev.steward.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Refuses providers that are not on the list, or whose exact build the lock file does not name. */
final class ProviderRules {
    /** Part of Terraform itself; always allowed, never locked. */
    static final String BUILT_IN = "terraform.io/builtin/terraform";
    private static final String LOCK = ".terraform.lock.hcl";
    private static final Pattern OBJECT_SOURCE = Pattern.compile("\\bsource\\s*[=:]\\s*\"([^\"$]+)\"");
    private static final Set<String> TYPED = Set.of("resource", "data", "ephemeral");

    private final Set<String> allowed;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, Use> uses = new LinkedHashMap<>();

    private ProviderRules(Set<String> allowed) {
        this.allowed = allowed;
    }

    private record Use(String file, int line) {}

    static List<Finding> findings(List<HclFile> files, Set<String> allowed) {
        var rules = new ProviderRules(allowed);
        files.forEach(f -> f.body().blocks("terraform").flatMap(t -> t.blocks("required_providers"))
                .forEach(block -> rules.required(f, block)));
        files.forEach(f -> f.body().everything().forEach(block -> rules.look(f, block)));
        return rules.findings(locked(files));
    }

    private void required(HclFile file, HclBlock block) {
        block.attributes().forEach((name, value) -> {
            Matcher source = OBJECT_SOURCE.matcher(value.text());
            String address = address(source.find() ? source.group(1) : "hashicorp/" + name);
            sources.put(name, address);
            uses.putIfAbsent(address, new Use(file.path(), value.line()));
        });
    }

    private void look(HclFile file, HclBlock block) {
        if (TYPED.contains(block.type()) && block.labels().size() == 2) {
            String type = block.label(0);
            String local = block.attribute("provider").map(v -> v.text().split("\\.", 2)[0])
                    .orElse(type.split("_", 2)[0]);
            use(local, file, block.line());
        } else if (block.type().equals("provider") && block.labels().size() == 1
                && !file.path().endsWith(LOCK)) {
            use(block.label(0), file, block.line());
        }
    }

    private void use(String local, HclFile file, int line) {
        String address = sources.getOrDefault(local,
                local.equals("terraform") ? BUILT_IN : address("hashicorp/" + local));
        uses.putIfAbsent(address, new Use(file.path(), line));
    }

    private List<Finding> findings(Set<String> locked) {
        var findings = new ArrayList<Finding>();
        uses.forEach((address, use) -> {
            if (address.equals(BUILT_IN)) {
                return;
            }
            if (!allowed.contains(address)) {
                findings.add(Finding.at(use.file(), use.line(), "uses the provider " + address
                        + ", which is not on the list", "do without it, or have it put on the list of providers"));
            } else if (!locked.contains(address)) {
                findings.add(Finding.at(use.file(), use.line(),
                        "uses the provider " + address + ", which " + LOCK + " does not name",
                        "run `terraform providers lock` and keep " + LOCK + " with the module"));
            }
        });
        return findings;
    }

    private static Set<String> locked(List<HclFile> files) {
        return files.stream().filter(f -> f.path().equals(LOCK)).flatMap(f -> f.body().blocks("provider"))
                .filter(b -> b.attribute("hashes").isPresent()).map(b -> b.label(0)).collect(Collectors.toSet());
    }

    private static String address(String source) {
        return switch (source.split("/", -1).length) {
            case 1 -> "registry.terraform.io/hashicorp/" + source;
            case 2 -> "registry.terraform.io/" + source;
            default -> source;
        };
    }
}
