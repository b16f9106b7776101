"""`hallside voice build`: make every clip that this hall's voice can need, once, before the hall opens.

Works offline; what is made is kept where the speaker looks for it. Recordings replace pieces one by one: put
`<recorded>/zh/请.wav` and so on into the folder that the speaker's section names as `recorded`: WAV, 16 bit PCM, mono
or stereo, 8 to 96 kHz, at most 60 s. `--list` shows every piece with its file's name, what is to be said where the
name has not all of it, and whether it is recorded, kept (made before), missing (not made yet), or damaged, with why.

A language that the synthesizer has not (espeak-ng has no Tibetan and no Mongolian) needs a recording of every piece.
Nothing has failed where some are missing, because Chinese is said instead, unless the hall ordered the language for all
its calls ([voice] languages).
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from config.errors import ConfigErrors
from config.load import load
from config.parts_speaker import SdlSpeaker
from config.schema import Station
from device.exits import EXIT_CONFIG, EXIT_MISSING
from device.hall.plan import Plan, two
from device.roles.build import plan_of
from device.voice_recordings import out_of_sight, strays
from drivers.chime import RATE
from drivers.voice_clips import NAME_LONGEST, ClipVoice, file_name, usual_clips
from drivers.voice_command import NoVoice
from screens.announce import bank
from screens.guidance import fixed, spoken_lang, unmarked, voice_of
from screens.phrases import SOURCE, Words

EXIT_LACKING: Final = 1
CACHE = Path("/var/cache/hallside")  # the unit's CacheDirectory; a folder for each station
Piece = tuple[str, str]  # language, words


class Mute(NamedTuple):
    """Languages of this hall that the synthesizer does not speak, each with why; and which of all are ordered."""

    why: dict[str, str]
    ordered: frozenset[str]

    def may_lack(self, lang: str) -> bool:
        """Whether a piece of this language that cannot be spoken is no failure."""
        return lang in self.why and lang not in self.ordered


def register(parser: ArgumentParser) -> None:
    """`hallside voice`."""
    parser.description = __doc__
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = (
        "exit: 0 all is there, 1 a piece cannot be spoken or a recording not played, 69 there is no synthesizer, "
        "78 the config"
    )
    parser.add_argument("do", choices=["build"], help="make what is missing")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the station's config")
    parser.add_argument("--clips", type=Path, metavar="DIR", help="keep clips here, not where the config says")
    parser.add_argument("--list", action="store_true", help="only say what there is, and what a recording is called")
    parser.set_defaults(act=_act)


def _act(args: Namespace) -> int:
    try:
        station = load(args.config)
    except ConfigErrors as errors:
        print(errors, file=sys.stderr)
        return EXIT_CONFIG
    return build(station, sys.stdout, clips=args.clips, only_list=args.list)


def build(station: Station, out: TextIO, *, clips: Path | None = None, only_list: bool = False) -> int:
    """The bank of every loudspeaker of this station; the exit status."""
    speakers = [device.speaker for device in station.devices if isinstance(device.speaker, SdlSpeaker)]
    if not speakers:
        print("No device of this station has a loudspeaker of its own; there is nothing to make.", file=out)
    worst = 0
    for speaker in dict.fromkeys(speakers):
        folder = clips or speaker.clips or _service_clips(station.path) or usual_clips()
        recorded = speaker.recorded
        voice = ClipVoice(folder, speaker.voice, speaker.rate, recorded)
        plan = plan_of(station.hall)
        guides = any(device.role == "kiosk" and device.speaker == speaker for device in station.devices)
        wanted = (*pieces_of(plan), *(guidance_of(plan) if guides else ()))
        try:
            mute = _mute(voice, wanted, plan)
            done = _list(voice, wanted, mute, out) if only_list else _build(voice, wanted, mute, folder, out)
            _tell_mute(voice, wanted, mute, recorded, out)
            if recorded:
                hidden = out_of_sight(recorded) if _service_clips(station.path) else ()
                for line in (*hidden, *strays(recorded, wanted)):
                    print(line, file=out)
            worst = max(worst, done)
        except NoVoice as fault:  # the synthesizer itself
            print(f"{fault.code}: {fault.detail}", file=out)
            return EXIT_MISSING
    return worst


def _service_clips(config: Path) -> Path | None:
    """Where the station's service looks, if it has run here: systemd makes its cache folder at the first start."""
    cache = CACHE / config.stem
    return cache / "clips" if cache.is_dir() else None


def pieces_of(plan: Plan) -> tuple[Piece, ...]:
    """Everything this hall's voice can say, in the languages it may be asked for."""
    timetables = [plan.sessions, *(sessions for _, sessions in plan.calendar.seasons)]
    closings = sorted({sessions[-1][1] for sessions in timetables if sessions})
    langs = dict.fromkeys((*plan.voice.languages, *plan.languages))
    return bank(plan.series(), sorted(plan.windows), closings, langs, yao=plan.voice.yao)


def guidance_of(plan: Plan) -> tuple[Piece, ...]:
    """What a kiosk's voice guidance says on every day: keys, prompts, and the hall's own services."""
    langs = tuple(map(spoken_lang, plan.languages))
    said = [(voice_of(text, lang), unmarked(text)) for lang in langs for text in (*fixed(lang), *_named(plan, lang))]
    return tuple(dict.fromkeys(said))


def _named(plan: Plan, lang: str) -> Iterator[str]:
    words = Words(lang)
    yield words("lang.name")
    yield from (words.own(two(service.plain or service.name)) for service in plan.services.values())


def _mute(voice: ClipVoice, wanted: tuple[Piece, ...], plan: Plan) -> Mute:
    langs = dict.fromkeys(lang for lang, _ in wanted)
    why = {lang: detail for lang in langs if (detail := voice.lacks(lang))}
    return Mute(why, frozenset({SOURCE, *plan.voice.languages}))


def _list(voice: ClipVoice, wanted: tuple[Piece, ...], mute: Mute, out: TextIO) -> int:
    states: Counter[str] = Counter()
    bad = False
    for lang, words in wanted:
        there = voice.state(lang, words)
        damage = voice.damage(lang, words)
        state = "damaged" if damage else there
        states[state] += 1
        bad = bad or bool(damage) or (there == "missing" and not mute.may_lack(lang))
        more = [f"say: {words}"] if len(words) > NAME_LONGEST else []
        print("  ".join([f"{state:<9} {_file(lang, words)}", *more, *filter(None, [damage])]), file=out)
    print(f"{len(wanted)} pieces: {', '.join(f'{count} {state}' for state, count in sorted(states.items()))}", file=out)
    return EXIT_LACKING if bad else 0


def _file(lang: str, words: str) -> str:
    return f"{lang}/{file_name(words)}.wav"


def _tell_mute(voice: ClipVoice, wanted: tuple[Piece, ...], mute: Mute, recorded: Path | None, out: TextIO) -> None:
    """What a language needs that the synthesizer has not, where recordings are missing."""
    count = Counter(lang for lang, _ in wanted)
    lacks = Counter(piece[0] for piece in wanted if piece[0] in mute.why and voice.state(*piece) == "missing")
    where = f"in {recorded}" if recorded else 'in a folder that the loudspeaker\'s section is to name: recorded = "…"'
    for lang, why in mute.why.items():
        if not lacks[lang]:
            continue
        print(
            f"{lang}: needs recordings, the synthesizer has no voice for it ({why.rstrip('.')}). "
            f"{count[lang] - lacks[lang]} of {count[lang]} pieces are recorded; --list names the files, {where}. "
            "What is not all there is left out, and Chinese is said.",
            file=out,
        )


def _build(voice: ClipVoice, wanted: tuple[Piece, ...], mute: Mute, folder: Path, out: TextIO) -> int:
    before = Counter(voice.state(*piece) for piece in wanted)
    seconds, lacking, unsaid = 0.0, list[str](), list[Piece]()
    for lang, words in _shown(wanted, out):
        try:
            if lang in mute.why and voice.state(lang, words) == "missing":
                raise NoVoice("no-voice", mute.why[lang])
            seconds += len(voice.piece(lang, words)) / 2 / RATE
        except NoVoice as fault:
            unsaid.append((lang, words))
            if not mute.may_lack(lang) and not voice.damage(lang, words):
                why = "not recorded" if lang in mute.why else f"{fault.code}, {fault.detail.rstrip('.')}"
                lacking.append(f"{_file(lang, words)}: {why}. Record it, or choose a voice that has this language.")
    after = Counter(voice.state(*piece) for piece in wanted)
    made = after["kept"] - before["kept"]
    print(
        f"{len(wanted)} pieces, {seconds:.0f} s of speech, in {folder}: {made} made, {before['kept']} were there, "
        f"{after['recorded']} recorded, {len(unsaid)} cannot be spoken",
        file=out,
    )
    for line in lacking:
        print(line, file=out)
    for path, why in voice.damaged.items():
        print(f"{path}: cannot be played: {why}. Record it again, or save it, as WAV, 16 bit PCM.", file=out)
    unkept = after["missing"] - len(unsaid)
    if unkept:
        print(f"{unkept} pieces could not be kept: is {folder} writable, and is there room?", file=out)
    return EXIT_LACKING if lacking or voice.damaged or unkept else 0


def _shown(wanted: tuple[Piece, ...], out: TextIO) -> Iterator[Piece]:
    """Each piece, with how far it has come where somebody watches."""
    for done, piece in enumerate(wanted, 1):
        if out.isatty():
            print(f"\r{done:>4} of {len(wanted)}  {piece[0]}  {piece[1]:<24.24}", end="", file=out, flush=True)
        yield piece
    if out.isatty():
        print("\r\033[K", end="", file=out)
