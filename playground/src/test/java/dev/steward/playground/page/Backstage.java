package dev.steward.playground.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.util.Map;

/** The drawer "Behind the scenes" of one window. */
record Backstage(Window window) {
    /** Opens it there. */
    static Backstage at(Window window, String tab) {
        window.presses("Alt+b");
        return new Backstage(window).turnedTo(tab);
    }

    Locator panel() {
        return window.page().locator("#panel");
    }

    Backstage turnedTo(String tab) {
        panel().getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName(tab).setExact(true)).click();
        return this;
    }

    Locator field(String label) {
        return panel().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    /** Fills in an order, and sends it; the target is a method or a kind of delivery. */
    void asksFor(String fault, String target, Map<String, String> fields) {
        field("What").selectOption(fault);
        assertThat(field("For").locator("option[value='" + target + "']")).hasCount(1);
        field("For").selectOption(target);
        fields.forEach((label, value) -> {
            if (label.equals("In")) {
                field(label).selectOption(new SelectOption().setLabel(value));
            } else {
                field(label).fill(value);
            }
        });
        window.button(panel(), "Order it").click();
    }

    /** Orders, and waits until it stands there. */
    void orders(String fault, String target, Map<String, String> fields) {
        asksFor(fault, target, fields);
        assertThat(standing(target)).isVisible();
    }

    /** What is on order for that. */
    Locator standing(String target) {
        return row("On order", target);
    }

    /** What was on order for that, and is over. */
    Locator over(String target) {
        return row("Over", target);
    }

    private Locator row(String list, String target) {
        return panel().locator("ul[aria-label='" + list + "'] li")
                .filter(new Locator.FilterOptions().setHasText(target)).last();
    }

    /** The entries of the journal with all of these words. */
    Locator entries(String words) {
        field("Show only entries with").fill(words);
        return panel().locator(".entry:visible");
    }
}
