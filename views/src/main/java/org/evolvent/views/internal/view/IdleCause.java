package org.evolvent.views.internal.view;

import org.evolvent.core.study.Mode;

/** Why a slot ran nothing, as far as the log tells. */
public enum IdleCause {
    /** Before the slot's first attempt of a session. */
    START,
    /** Between two attempts, while other slots ran something. */
    OTHERS,
    /** Between two attempts, while no slot ran anything: decisions, or a pause. */
    NOBODY,
    /** After the slot's last result of a session that the budget did not end: what ran then, if anything, has no result. */
    NO_RESULT,
    /** After the slot's last attempt, when the budget was spent. */
    NOTHING_LEFT,
    /** In a slot that never ran anything. */
    UNUSED;

    /** Returns it in words that follow a time or a share. */
    String words(Mode mode) {
        return switch (this) {
            case START -> "before the first attempt of a session";
            case OTHERS ->
                mode == Mode.SYNCHRONOUS ? "waiting for the others of a round" : "with no member free to train";
            case NOBODY -> "while no slot ran anything (decisions, or a pause)";
            case NO_RESULT -> "until the end of a session, without another result";
            case NOTHING_LEFT -> "at the end, with nothing left to do";
            case UNUSED -> "in slots that no member needed";
        };
    }
}
