/** What a browser needs in order to show the workspace as one person sees it. Depends on {@code workspace}, {@code forms} and {@code json}, and on Javalin. */
@NullMarked
package dev.steward.playground.emulator.page;

import org.jspecify.annotations.NullMarked;
