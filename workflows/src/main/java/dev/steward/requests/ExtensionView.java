package dev.steward.requests;

import java.time.Instant;
import java.util.Optional;

/**
 * What there is to see of a wish to let a lease last longer.
 *
 * @param approval
 *            the decisions on it
 * @param until
 *            until when it is to last; empty where a later wish took its place
 */
public record ExtensionView(LeaseView lease, RequestView.Approval approval, Optional<Instant> until) {}
