"""The explore operator of the golden transcript: half way to the best member, and a draw for the optimizer."""

import evolvent


def explore(handover: evolvent.Handover) -> evolvent.Proposal:
    print("a print of the program; it belongs into the log")
    if handover.donor is None:
        return {"learning_rate": handover.inherited.float("learning_rate") / 2}
    best = handover.population[0]
    if handover.member is not None and best.member == handover.member.member:
        raise ValueError("it copies although it is the best")
    middle = (handover.inherited.float("learning_rate") + best.hyperparameters.float("learning_rate")) / 2
    optimizer = handover.random.choice(handover.space["optimizer"]["choice"])
    return {"learning_rate": middle, "optimizer": optimizer}, f"half way to member {best.member}"


if __name__ == "__main__":
    evolvent.serve_explore(explore)
