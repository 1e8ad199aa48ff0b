"""What an assessment is about, how it is quoted and how sure it is."""

from __future__ import annotations

from summarizer.schemas.vocabulary import Vocabulary


class AssessmentType(Vocabulary):
    """What somebody's judgement is a judgement of."""

    CAPABILITY = "capability", "what a party is able to do"
    INTENT = "intent", "what a party wants or plans"
    FORECAST = "forecast", "what will happen"
    THREAT = "threat", "a danger to somebody"
    RESPONSIBILITY = "responsibility", "who did it"
    LEGALITY = "legality", "whether it is lawful"
    SIGNIFICANCE = "significance", "what it means or changes"
    DAMAGE = "damage", "how much was hit or lost"
    RECOMMENDATION = "recommendation", "what should be done"
    CONCERN = "concern", "worry or alarm voiced"


class QuoteMode(Vocabulary):
    """Whose words the article gives."""

    DIRECT = "direct", "the assessor's words, in quotation marks"
    INDIRECT = "indirect", "the article's paraphrase"
    MIXED = "mixed", "paraphrase with quoted words in it"


class LikelihoodBand(Vocabulary):
    """The bands of estimative language of ICD 203, as chances from 1 to 99 per cent."""

    ALMOST_NO_CHANCE = "almost_no_chance", "1–5 %"
    VERY_UNLIKELY = "very_unlikely", "5–20 %"
    UNLIKELY = "unlikely", "20–45 %"
    ROUGHLY_EVEN = "roughly_even", "45–55 %"
    LIKELY = "likely", "55–80 %"
    VERY_LIKELY = "very_likely", "80–95 %"
    ALMOST_CERTAIN = "almost_certain", "95–99 %"


class Confidence(Vocabulary):
    """How well founded a judgement is said to be; apart from how likely its content is."""

    HIGH = "high", "high confidence is stated"
    MODERATE = "moderate", "moderate or medium confidence is stated"
    LOW = "low", "low confidence is stated"
