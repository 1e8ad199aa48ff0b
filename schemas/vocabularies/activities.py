"""What a military activity is, and whether it happened."""

from __future__ import annotations

from summarizer.schemas.vocabulary import Vocabulary


class ActivityType(Vocabulary):
    """The type of a military activity, in neutral words.

    `plover` is the event type, with its mode after the colon where one applies, and `cameo` the
    event code, as the PLOVER and CAMEO codebooks have them. Both speak of the act carried out: an
    arms transfer or training that is only promised is PLOVER's AGREE. Nuclear activity and cyber
    operations are contexts in PLOVER, which go with an event of any type.
    """

    JOINT_EXERCISE = "joint_exercise", "exercise by forces of several states", "COOPERATE", "062"
    NATIONAL_EXERCISE = "national_exercise", "exercise by one state", "MOBILIZE:troops", "150"
    WEAPONS_TEST = "weapons_test", "trial of a missile or other weapon", "MOBILIZE", "150"
    DEPLOYMENT = "deployment", "forces or weapons moved into place", "MOBILIZE", "154"
    ALERT = "alert", "readiness raised", "MOBILIZE", "152"
    WITHDRAWAL = "withdrawal", "forces pulled back or out", "RETREAT", "0874"
    AIR_STRIKE = "air_strike", "attack by crewed or unnamed aircraft", "ASSAULT:aerial", "195"
    DRONE_STRIKE = "drone_strike", "attack by drones", "ASSAULT:drone", "195"
    MISSILE_OR_ARTILLERY_STRIKE = (
        "missile_or_artillery_strike",
        "attack by missiles, rockets, shells or mortars",
        "ASSAULT:heavy-weapons",
        "194",
    )
    GROUND_CLASH = "ground_clash", "fighting on the ground or at sea", "ASSAULT", "193"
    BOMBING = "bombing", "planted or vehicle-borne explosive", "ASSAULT", "183"
    SUICIDE_ATTACK = "suicide_attack", "attack in which the attacker dies", "ASSAULT", "183"
    ASSASSINATION = "assassination", "targeted killing of a named person", "ASSAULT", "186"
    ABDUCTION = "abduction", "kidnapping or hostage-taking", "ASSAULT", "181"
    TERRITORIAL_CHANGE = "territorial_change", "ground taken or lost", "COERCE:seize", "192"
    BLOCKADE = "blockade", "passage or access closed by force", "COERCE:restrict", "191"
    SEIZURE_OR_INTERDICTION = (
        "seizure_or_interdiction",
        "ship, cargo or site stopped or taken",
        "COERCE:seize",
        "171",
    )
    CEASEFIRE = "ceasefire", "fighting halted by agreement or declaration", "RETREAT", "0871"
    CEASEFIRE_VIOLATION = "ceasefire_violation", "breach of a ceasefire", "ASSAULT", "196"
    ARMS_TRANSFER = "arms_transfer", "weapons sold, given or delivered", "AID", "072"
    TRAINING = "training", "forces of another party trained", "AID", "072"
    INTELLIGENCE_SHARING = "intelligence_sharing", "intelligence passed to another", "AID", "064"
    PEACEKEEPING = "peacekeeping", "peacekeepers sent or at work", "AID", "074"
    NUCLEAR_ACTIVITY = "nuclear_activity", "enrichment, nuclear construction or material moved"
    INSPECTION = "inspection", "inspectors admitted or at work", "RETREAT", "0862"
    CYBER_OPERATION = "cyber_operation", "attack on computers or networks"
    DETENTION = "detention", "arrest or holding of persons", "COERCE", "173"
    PRISONER_RELEASE = "prisoner_release", "captives freed or exchanged", "RETREAT", "0841"
    ACCIDENT = "accident", "crash, collision or blast without intent"
    FORCE_DEVELOPMENT = "force_development", "procurement, production, rebuilding or reform"
    OTHER = "other", "none of these"


def _family(*types: ActivityType) -> frozenset[str]:
    return frozenset(kind.value for kind in (*types, ActivityType.OTHER))


ACTIVITY_FAMILIES = (
    _family(
        ActivityType.JOINT_EXERCISE,
        ActivityType.NATIONAL_EXERCISE,
        ActivityType.WEAPONS_TEST,
        ActivityType.DEPLOYMENT,
        ActivityType.ALERT,
        ActivityType.WITHDRAWAL,
        ActivityType.ARMS_TRANSFER,
        ActivityType.TRAINING,
        ActivityType.INTELLIGENCE_SHARING,
        ActivityType.PEACEKEEPING,
        ActivityType.NUCLEAR_ACTIVITY,
        ActivityType.INSPECTION,
        ActivityType.FORCE_DEVELOPMENT,
    ),
    _family(
        ActivityType.AIR_STRIKE,
        ActivityType.DRONE_STRIKE,
        ActivityType.MISSILE_OR_ARTILLERY_STRIKE,
        ActivityType.GROUND_CLASH,
        ActivityType.BOMBING,
        ActivityType.SUICIDE_ATTACK,
        ActivityType.ASSASSINATION,
        ActivityType.ABDUCTION,
        ActivityType.TERRITORIAL_CHANGE,
        ActivityType.BLOCKADE,
        ActivityType.SEIZURE_OR_INTERDICTION,
        ActivityType.CEASEFIRE_VIOLATION,
        ActivityType.CYBER_OPERATION,
        ActivityType.DETENTION,
        ActivityType.ACCIDENT,
    ),
    _family(ActivityType.CEASEFIRE, ActivityType.WITHDRAWAL, ActivityType.PRISONER_RELEASE),
)
"""Types that readers confuse: what prepares or supports force, what uses it, what ends it."""


class Realis(Vocabulary):
    """Did it happen? One question; how a source stands to it is another (`ClaimStatus`).

    The stages are those of MUC-4, and `plover` is PLOVER's tense or mood.
    """

    OCCURRED = "occurred", "it happened", "historical"
    ONGOING = "ongoing", "it is happening"
    PLANNED = "planned", "decided or ordered, not yet done", "future"
    PROPOSED = "proposed", "offered or suggested, not decided", "hypothetical"
    THREATENED = "threatened", "announced as a threat", "hypothetical"
    ATTEMPTED = "attempted", "tried without success", "historical"
    PREDICTED = "predicted", "expected by somebody", "future"
    HYPOTHETICAL = "hypothetical", "only if something else happens", "hypothetical"
    DID_NOT_OCCUR = "did_not_occur", "it did not happen", "negation"
    UNKNOWN = "unknown", "the article does not tell"
