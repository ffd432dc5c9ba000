/**
 * What the commands that look into a log say: {@link org.evolvent.cli.internal.audit.Verification} checks a run directory,
 * {@link org.evolvent.cli.internal.audit.ExplanationText} tells why a member decided so, {@link org.evolvent.cli.internal.audit.WhatIfText} what another
 * strategy would have decided. What is found out is {@code org.evolvent.core.internal.audit}'s; here it is read from disk and put into words and
 * JSON. Changes nothing.
 */
package org.evolvent.cli.internal.audit;
