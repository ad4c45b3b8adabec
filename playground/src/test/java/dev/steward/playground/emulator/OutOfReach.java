package dev.steward.playground.emulator;

import java.util.Set;
import java.util.stream.Stream;

/**
 * The documented errors that nothing in this workspace can bring about, by the reason; of all methods, or of one where a
 * method stands before the error.
 */
final class OutOfReach {
    private static final Set<String> ANOTHER_WORKSPACE = Set.of("team_not_on_enterprise", "enterprise_not_found",
            "org_not_found", "enterprise_is_restricted", "org_user_not_in_team", "external_channel_migrating",
            "no_external_invite_permission", "invitee_cant_see_channel", "fail_to_get_teams_for_restricted_user",
            "cannot_bookmark_from_external_org", "cannot_bookmark_restricted_sharing_enabled", "missing_argument",
            "invalid_team", "chat.postMessage team_not_found", "chat.update team_not_found", "ekm_access_denied",
            "slack_connect_canvas_sharing_blocked", "slack_connect_file_link_sharing_blocked",
            "slack_connect_lists_sharing_blocked", "slack_connect_blocked_file_type",
            "slack_connect_clip_sharing_blocked", "slack_connect_file_upload_sharing_blocked");
    private static final Set<String> THINGS_THAT_ARE_NOT_HERE = Set.of("file_deleted", "file_is_deleted",
            "file_not_found", "file_share_limit_reached", "blocked_file_type", "max_file_sharing_exceeded",
            "unable_to_share_files", "missing_file_data", "file_comment_not_found", "file_not_shared",
            "file_already_added", "draft_already_deleted", "draft_already_sent", "draft_has_conflict",
            "draft_not_found", "duplicate_channel_not_found", "duplicate_message_not_found",
            "streaming_state_conflict", "no_dual_broadcast_content_update", "cant_broadcast_message",
            "send_on_behalf_not_allowed", "too_many_contact_cards", "block_mismatch",
            "list_record_comment_fetch_failed", "invalid_metadata_filter_keys", "invalid_app_action_type",
            "invalid_child_type", "invalid_entity_id", "invalid_parent_type", "invalid_shortcut_type",
            "parent_bookmark_disabled", "parent_with_link", "too_many_tabs", "missing_profile_id",
            "bookmarks.edit invalid_bookmark_type", "bookmarks.remove invalid_bookmark_type",
            "bookmarks.remove user_not_found", "usergroups.list invalid_cursor", "usergroups.list users_not_found",
            "usergroups.users.list invalid_cursor", "team.info user_not_found", "missing_user", "too_many_members",
            "users.info too_many_users", "limit_required", "not_supported", "not_pinned", "no_channel", "missing_args");
    private static final Set<String> WHAT_ADMINISTRATORS_FORBID = Set.of("app_access_restricted",
            "as_user_not_supported", "access_denied", "no_access", "no_permission", "restricted_action",
            "restricted_action_non_threadable_channel", "restricted_action_read_only_channel",
            "restricted_action_thread_locked", "restricted_action_thread_only_channel", "posting_to_channel_denied",
            "thread_locked", "messages_tab_disabled", "not_enabled", "user_is_restricted", "user_not_visible",
            "channel_is_limited_access", "cannot_create_channel", "canvas_disabled_user_team",
            "app_cannot_join_channel", "cant_archive_required", "ura_max_channels", "plan_upgrade_required",
            "metadata_must_be_sent_from_app", "edit_window_closed", "not_reactable", "not_pinnable");
    private static final Set<String> SLACKS_OWN_TROUBLE = Set.of("internal_error", "insecure_request", "rate_limited",
            "message_limit_exceeded", "update_failed", "fetch_members_failed", "not_implemented", "too_many_requests");
    /** Slack names no number, or another error says it more exactly. */
    private static final Set<String> UNKNOWN = Set.of("attachment_payload_limit_exceeded", "metadata_too_large",
            "conversations.create invalid_name", "conversations.rename invalid_name",
            "chat.postEphemeral msg_too_long");
    /** Every method has these: BadInputTest, and the tests of scopes in StrictnessTest. */
    private static final Set<String> AT_THE_DOOR = Set.of("invalid_auth", "missing_scope", "not_allowed_token_type");
    /** The emulator serves every kind of conversation there. */
    private static final Set<String> ANY_CONVERSATION = Set.of(
            "conversations.replies method_not_supported_for_channel_type",
            "conversations.list method_not_supported_for_channel_type",
            "conversations.members method_not_supported_for_channel_type");

    private OutOfReach() {}

    static Stream<String> all() {
        return Stream.of(ANOTHER_WORKSPACE, THINGS_THAT_ARE_NOT_HERE, WHAT_ADMINISTRATORS_FORBID, SLACKS_OWN_TROUBLE,
                UNKNOWN, AT_THE_DOOR, ANY_CONVERSATION).flatMap(Set::stream);
    }

    /** Whether a method's error, {@code method error}, is one of these. */
    static boolean is(String documented) {
        return all().anyMatch(one -> matches(one, documented));
    }

    static boolean matches(String one, String documented) {
        return documented.equals(one) || documented.endsWith(" " + one);
    }
}
