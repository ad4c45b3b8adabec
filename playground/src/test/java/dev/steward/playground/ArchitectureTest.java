package dev.steward.playground;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md. */
class ArchitectureTest {
    private static final String ROOT = "dev.steward.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.steward");

    /** Each package of the domain, and what stands to its left. */
    private static final Map<String, Set<String>> MAY_USE = arrows(List.of(Set.of("database"),
            Set.of("ledger", "jobs"), Set.of("outbox"), Set.of("catalog"), Set.of("terraform"), Set.of("modules"),
            Set.of("definitions", "approvals"), Set.of("stacks"), Set.of("requests"), Set.of("access"),
            Set.of("oncall"),
            Set.of("incidents"), Set.of("bot"), Set.of("playground")));

    @Test
    void everyArrowPointsToTheLeft() {
        var wrong = new TreeSet<String>();
        for (JavaClass user : CLASSES) {
            user.getDirectDependenciesFromSelf().forEach(dependency -> {
                String from = part(user);
                String to = part(dependency.getTargetClass().getBaseComponentType());
                if (!to.isEmpty() && !from.equals(to) && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
                    wrong.add(user.getName() + " uses " + dependency.getTargetClass().getName());
                }
            });
        }
        assertThat(wrong).isEmpty();
        assertThat(CLASSES.stream().map(ArchitectureTest::part)).as("every package has its place")
                .allMatch(MAY_USE::containsKey);
    }

    @Test
    void thePackagesFormNoCycle() {
        slices().matching("dev.steward.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheSlackAdapterAndTheFloorsItIsMeasuredAgainstKnowSlacksLibraries() {
        noClasses().that().resideOutsideOfPackages("dev.steward.bot.slack..", "dev.steward.playground.bench..").should()
                .dependOnClassesThat()
                .resideInAPackage("com.slack..").check(CLASSES);
    }

    @Test
    void onlyTheHttpServerAndTheEmulatorKnowJavalin() {
        noClasses().that().resideOutsideOfPackages("dev.steward.bot.http..", "dev.steward.playground..").should()
                .dependOnClassesThat().resideInAPackage("io.javalin..").check(CLASSES);
    }

    @Test
    void theEmulatorIsIndependentOfTheBot() {
        noClasses().that().resideInAPackage("dev.steward.playground.emulator..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.steward.bot..", "dev.steward.requests..", "com.slack..").check(CLASSES);
    }

    @Test
    void onlyTheTerraformPackageAndThePlaygroundStartProcesses() {
        noClasses().that().resideOutsideOfPackages("dev.steward.terraform..", "dev.steward.playground..").should()
                .dependOnClassesThat().haveFullyQualifiedName(ProcessBuilder.class.getName()).check(CLASSES);
    }

    @Test
    void nobodyReadsTheWallClockBehindTheInjectedOnesBack() {
        noClasses().that()
                .resideInAPackage(
                        "dev.steward.(requests|approvals|catalog|ledger|outbox|jobs|incidents|oncall|access)..")
                .should()
                .callMethod(System.class, "currentTimeMillis").orShould().callMethod(java.time.Instant.class, "now")
                .allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().that().haveSimpleName("package-info").should()
                .beAnnotatedWith(org.jspecify.annotations.NullMarked.class).check(CLASSES);
        Set<String> documented = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        for (JavaClass each : CLASSES) {
            all.add(each.getPackageName());
            if (each.getSimpleName().equals("package-info")) {
                documented.add(each.getPackageName());
            }
        }
        all.removeAll(documented);
        assertThat(all).as("packages without package-info").isEmpty();
    }

    private static String part(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String rest = name.substring(ROOT.length());
        return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
    }

    private static Map<String, Set<String>> arrows(List<Set<String>> layers) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        Set<String> left = new TreeSet<>();
        for (Set<String> layer : layers) {
            layer.forEach(part -> arrows.put(part, Set.copyOf(left)));
            left.addAll(layer);
        }
        return arrows;
    }
}
