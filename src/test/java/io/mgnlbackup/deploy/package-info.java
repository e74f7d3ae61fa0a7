/**
 * What is deployed: the manifests in {@code deploy}, the compose file, alerts and dashboard. No cluster runs here, so these tests hold the files
 * against the types of Kubernetes, against each other, and against what the program reads and answers.
 */
@NullMarked
package io.mgnlbackup.deploy;

import org.jspecify.annotations.NullMarked;
