/**
 * What the commands that look into a log say: {@link org.evolvent.cli.audit.Verification} checks a run directory,
 * {@link org.evolvent.cli.audit.ExplanationText} tells why a member decided so, {@link org.evolvent.cli.audit.WhatIfText} what another
 * strategy would have decided. What is found out is {@code org.evolvent.core.audit}'s; here it is read from disk and put into words and
 * JSON. Changes nothing.
 */
package org.evolvent.cli.audit;
