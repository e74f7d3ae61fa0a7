/**
 * Certificates and keys in PEM files: what the port speaks TLS with, and how other servers are trusted and reached. Files are read again
 * when they change, as cert-manager and Kubernetes change them; what cannot be used leaves what was there before.
 */
@NullMarked
package io.mgnlbackup.tls;

import org.jspecify.annotations.NullMarked;
