package io.mgnlbackup.store;

/**
 * What is to be stored under which name.
 *
 * @param payload closed by the store in every case
 */
public record Upload(ObjectKey key, Tags tags, Payload payload) {}
