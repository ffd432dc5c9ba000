/**
 * Looks at a log from outside: {@link org.evolvent.core.internal.audit.Auditor} derives every decision again while the log is read and says where
 * log and study first disagree; {@link org.evolvent.core.internal.audit.Explainer} finds out why a member did what it did;
 * {@link org.evolvent.core.internal.audit.WhatIf} asks another strategy what it would have decided. Above {@code org.evolvent.core.study}, whose
 * fold and decisions these use; they read no file and change nothing. One reader belongs to one thread.
 */
package org.evolvent.core.internal.audit;
