/**
 * What a client may take of the server: connections, time, threads and places for downloads. Whoever is slow, or many, is held up or cut
 * off; everybody else, and above all the probes of health and the metrics, is answered.
 */
@NullMarked
package io.mgnlbackup.limits;

import org.jspecify.annotations.NullMarked;
