/**
 * The life of a request, from the form to what it leaves behind. It depends on {@code definitions},
 * {@code approvals}, {@code terraform}, {@code modules}, {@code catalog} and {@code jobs}.
 */
@NullMarked
package dev.steward.requests;

import org.jspecify.annotations.NullMarked;
