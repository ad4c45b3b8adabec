package dev.steward.terraform;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an attempt keeps its state: Steward's own endpoint, told to Terraform by environment alone.
 *
 * <p>
 * Reads, writes, locks and unlocks all go to the same address. The retries outlast about two minutes without an answer,
 * where Terraform's defaults lose 12 s.
 *
 * @param address
 *            an http address on the loopback interface, without credentials
 * @param username
 *            names the attempt
 * @param password
 *            the attempt's token
 */
public record BackendEnvironment(String address, String username, String password) {

    /** The variables that the http backend reads. */
    Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("TF_HTTP_ADDRESS", address);
        variables.put("TF_HTTP_LOCK_ADDRESS", address);
        variables.put("TF_HTTP_UNLOCK_ADDRESS", address);
        variables.put("TF_HTTP_USERNAME", username);
        variables.put("TF_HTTP_PASSWORD", password);
        variables.put("TF_HTTP_RETRY_MAX", "60");
        variables.put("TF_HTTP_RETRY_WAIT_MIN", "1");
        variables.put("TF_HTTP_RETRY_WAIT_MAX", "2");
        return variables;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BackendEnvironment[" + username + " at " + address + "]";
    }
}
