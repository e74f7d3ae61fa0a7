package io.mgnlbackup.store;

import java.time.Duration;

/** Asks for a link that downloads an object without credentials for some time. */
public record LinkRequest(ObjectKey key, Duration validFor) {}
