"""The studio of the demo: drawn films with spoken words, from `films.yaml` and the demo's pictures.

`python -m tests.demo.studio [folder …]` needs ffmpeg and espeak-ng; what it makes is kept in
`content/vlogs/`, so nobody else needs them.
"""

import array
import math
import random
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

HOUSE = Path(__file__).parent.parent.parent
CONTENT = HOUSE / "content"
RATE = 22050
FPS = 12
WIDTH, HEIGHT = 854, 480
ORANGE, CREAM, NAVY = (194, 87, 26), (251, 244, 230), (18, 48, 74)
_BEFORE_S, _BETWEEN_S, _AFTER_S = 0.5, 0.35, 0.6
# The voices are dry; a small room makes them easier to listen to.
_ROOM = "highpass=f=90,lowpass=f=6500,acompressor=threshold=-20dB:ratio=3,aecho=0.9:0.5:22:0.16"


class Voice(msgspec.Struct, frozen=True):
    """How somebody sounds, in the terms of espeak-ng."""

    voice: str
    pitch: int
    speed: int


class Line(msgspec.Struct, frozen=True):
    """What is said (or heard) at one moment, by language."""

    nl: str = ""
    en: str = ""
    picture: str = ""
    speaker: str = ""
    spoken: str = ""
    sound: str = ""


class Film(msgspec.Struct, frozen=True):
    """One film; `poster` is the picture of which one is made, where there is none yet."""

    folder: str
    speaker: str
    lines: list[Line]
    lang: str = "nl"
    poster: str = ""
    sound_only: bool = False

    @property
    def languages(self) -> list[str]:
        """The languages of its subtitles, the one that is spoken first."""
        there = [lang for lang in ("nl", "en") if getattr(self.lines[0], lang)]
        return sorted(there, key=lambda lang: lang != self.lang)


class Script(msgspec.Struct, frozen=True):
    """The file `films.yaml`."""

    voices: dict[str, Voice]
    films: list[Film]


class Take(msgspec.Struct, frozen=True):
    """The sound of a film: samples of 16 bits, and when each line starts and ends in seconds."""

    samples: "array.array[int]"
    times: list[tuple[float, float]]

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return len(self.samples) / RATE


def spoken(text: str, voice: Voice) -> "array.array[int]":
    """The samples of a sentence."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        options = ["-v", voice.voice, "-p", str(voice.pitch), "-s", str(voice.speed)]
        subprocess.run(["espeak-ng", *options, "-w", file.name, text], check=True)
        with wave.open(file.name) as heard:
            assert heard.getframerate() == RATE
            return array.array("h", heard.readframes(heard.getnframes()))


def heard(sound: str) -> "array.array[int]":
    """The samples of what is no speech."""
    return array.array("h", (round(9000 * one) for one in _SOUNDS[sound]()))


def _splash() -> Iterator[float]:
    chance = random.Random(5)
    for n in range(round(1.4 * RATE)):
        t = n / RATE
        yield chance.uniform(-1, 1) * math.exp(-3.2 * t) * min(1, t * 90)


def _applause() -> Iterator[float]:
    chance = random.Random(7)
    claps = sorted(chance.uniform(0, 2) for _ in range(46))
    for n in range(round(2.2 * RATE)):
        loud = sum(math.exp(-70 * (n / RATE - at)) for at in claps if 0 <= n / RATE - at < 0.08)
        yield min(1, 0.6 * loud) * chance.uniform(-1, 1)


def _tune() -> Iterator[float]:
    """Two lines of a song, hummed."""
    notes = [7, 7, 9, 7, 5, 4, 5, 7, 7, 9, 7, 5, 4, 2, 0, 0]
    for half_tones in notes:
        pitch, length = 220 * 2 ** (half_tones / 12), 0.36
        for n in range(round(length * RATE)):
            t = n / RATE
            turn = 2 * math.pi * pitch * t + 0.25 * math.sin(2 * math.pi * 5.5 * t)
            swell = min(1, t * 18) * min(1, (length - t) * 12)
            yield 0.7 * swell * (math.sin(turn) + 0.3 * math.sin(2 * turn)) / 1.3


_SOUNDS = {"splash": _splash, "applause": _applause, "tune": _tune}


def recorded(film: Film, script: Script) -> Take:
    """All lines after each other, with a breath between."""
    samples, times = array.array("h", bytes(2 * round(_BEFORE_S * RATE))), []
    for line in film.lines:
        words = line.spoken or getattr(line, film.languages[0])
        voice = script.voices[line.speaker or film.speaker]
        start = len(samples) / RATE
        samples += heard(line.sound) if line.sound else spoken(words, voice)
        times.append((start, len(samples) / RATE))
        samples += array.array("h", bytes(2 * round(_BETWEEN_S * RATE)))
    return Take(samples + array.array("h", bytes(2 * round(_AFTER_S * RATE))), times)


def subtitles(film: Film, take: Take, lang: str) -> str:
    """A WebVTT file; a line stays a quarter of a second longer than it is heard."""
    blocks = ["WEBVTT\n"]
    for (start, end), line in zip(take.times, film.lines, strict=True):
        stays = min(end + 0.25, take.seconds)
        blocks.append(f"{_clock(start)} --> {_clock(stays)}\n{getattr(line, lang)}\n")
    return "\n".join(blocks)


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60):02}:{seconds % 60:06.3f}"


def picture(name: str) -> Image.Image:
    """A drawing of the demo by its name, somewhat larger than the film."""
    file = next(CONTENT.rglob(f"{name}.jpg"))
    size = (round(WIDTH * 1.3), round(HEIGHT * 1.3))
    return Image.open(file).convert("RGB").resize(size, Image.Resampling.LANCZOS)


def portrait(person: str, size: int, ring: int) -> Image.Image:
    """Somebody's portrait in a circle with a ring, `size` pixels wide."""
    large = size * 3
    face = Image.open(CONTENT / "people" / person / "portret.jpg").resize((large, large))
    disc, mask = Image.new("RGBA", (large, large)), Image.new("L", (large, large))
    ImageDraw.Draw(disc).ellipse([0, 0, large - 1, large - 1], fill=(*CREAM, 255))
    inside = [3 * ring, 3 * ring, large - 3 * ring, large - 3 * ring]
    ImageDraw.Draw(mask).ellipse(inside, fill=255)
    disc.paste(face, (0, 0), mask)
    return disc.resize((size, size), Image.Resampling.LANCZOS)


def poster(film: Film) -> Image.Image:
    """The speaker before a drawing, 1200 × 675 pixels."""
    back = Image.open(next(CONTENT.rglob(f"{film.poster}.jpg"))).convert("RGB")
    back = ImageEnhance.Brightness(back.filter(ImageFilter.GaussianBlur(1.2))).enhance(0.86)
    shade = Image.new("L", back.size)
    ImageDraw.Draw(shade).ellipse([70, 248, 470, 648], fill=110)
    back.paste(NAVY, (0, 0), shade.filter(ImageFilter.GaussianBlur(14)))
    face = portrait(film.speaker, 390, 12)
    back.paste(face, (64, 232), face)
    return back


class Scene(msgspec.Struct, frozen=True):
    """A drawing, and from when to when the camera moves over it, in seconds."""

    image: Image.Image
    start: float
    end: float
    backwards: bool

    def at(self, t: float) -> Image.Image:
        """What the camera sees at a moment."""
        part = min(1, max(0, (t - self.start) / (self.end - self.start)))
        part = part * part * (3 - 2 * part)
        part = 1 - part if self.backwards else part
        zoom = 1.2 * (1 - 0.12 * part)
        x = (self.image.width - WIDTH * zoom) * part
        y = (self.image.height - HEIGHT * zoom) * (0.35 + 0.3 * part)
        sight = (zoom, 0, x, 0, zoom, y)
        return self.image.transform(
            (WIDTH, HEIGHT), Image.Transform.AFFINE, sight, Image.Resampling.BICUBIC
        )


def scenes(film: Film, take: Take) -> list[Scene]:
    """The drawings of a film in their order."""
    lines = zip(take.times, film.lines, strict=True)
    cuts = [(max(0.0, start - 0.3), line.picture) for (start, _), line in lines if line.picture]
    starts = [0.0, *(start for start, _ in cuts[1:])]
    rows = zip(cuts, starts, [*starts[1:], take.seconds], strict=True)
    return [
        Scene(picture(name), start, end, bool(n % 2))
        for n, ((_, name), start, end) in enumerate(rows)
    ]


def frames(film: Film, take: Take) -> Iterator[bytes]:
    """Every image of a film in RGB: a drawing, and in front of it who speaks."""
    all_, face = scenes(film, take), portrait(film.speaker, 176, 5)
    for n in range(int(take.seconds * FPS)):
        t = n / FPS
        now = max(k for k, scene in enumerate(all_) if scene.start <= t)
        image = all_[now].at(t)
        if now and t - all_[now].start < 0.5:
            image = Image.blend(all_[now - 1].at(t), image, (t - all_[now].start) * 2)
        _speaker(image, face, t, _loudness(take, t))
        yield image.tobytes()


def _loudness(take: Take, t: float) -> float:
    part = take.samples[int(t * RATE) : int(t * RATE) + RATE // FPS]
    return min(1.0, sum(map(abs, part)) / max(1, len(part)) / 5200)


def _speaker(image: Image.Image, face: Image.Image, t: float, loud: float) -> None:
    draw = ImageDraw.Draw(image, "RGBA")
    x, y, radius = 122, HEIGHT - 122, 93 + 14 * loud
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=(*ORANGE, 150))
    image.paste(face, (x - 88, int(y - 88 + 2 * math.sin(t * 2.1))), face)
    for bar in range(5):
        high = 7 + 34 * loud * abs(math.sin(t * 9 + bar * 1.3))
        left, foot = 234 + bar * 15, y + 58
        draw.rounded_rectangle([left, foot - high, left + 8, foot], 4, fill=(*CREAM, 235))


def encode(film: Film, take: Take, out: Path) -> None:
    """Write the film (or only its sound) with ffmpeg, without anything of this machine in it."""
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound.wav"
        with wave.open(str(sound), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(take.samples.tobytes())
        plain = ["-af", _ROOM, "-ac", "1", "-map_metadata", "-1", "-fflags", "+bitexact"]
        if film.sound_only:
            _ffmpeg(["-i", str(sound), *plain, "-c:a", "libmp3lame", "-b:a", "48k", str(out)], ())
            return
        raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS)]
        video = ["-c:v", "libx264", "-preset", "veryslow", "-crf", "37", "-pix_fmt", "yuv420p",
                 "-profile:v", "main", "-g", "120"]  # fmt: skip
        audio = ["-c:a", "aac", "-b:a", "44k", "-shortest", "-movflags", "+faststart"]
        options = [*raw, "-i", "-", "-i", str(sound), *video, *plain, *audio, str(out)]
        _ffmpeg(options, frames(film, take))


def _ffmpeg(options: list[str], images: Iterator[bytes] | tuple[()]) -> None:
    command = ["ffmpeg", "-y", "-loglevel", "error", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin
        for image in images:
            process.stdin.write(image)
        process.stdin.close()
    assert process.returncode == 0


def make(film: Film, script: Script) -> None:
    """A film with its subtitles and, where it has none yet, its poster."""
    folder = CONTENT / "vlogs" / film.folder
    folder.mkdir(parents=True, exist_ok=True)
    take = recorded(film, script)
    for lang in film.languages:
        (folder / f"vlog.{lang}.vtt").write_text(subtitles(film, take, lang), encoding="utf-8")
    if film.poster and not (folder / "poster.jpg").exists():
        poster(film).save(folder / "poster.jpg", quality=84, optimize=True, progressive=True)
    out = folder / ("vlog.mp3" if film.sound_only else "vlog.mp4")
    encode(film, take, out)
    print(f"{out.relative_to(HOUSE)}: {take.seconds:.1f} s, {out.stat().st_size / 1000:.0f} kB")


def main(wanted: list[str]) -> None:
    """Make the films of these folders, or all."""
    script = msgspec.yaml.decode(
        (HOUSE / "tests/demo/films.yaml").read_bytes(), type=Script, strict=True
    )
    for film in script.films:
        if not wanted or film.folder in wanted:
            make(film, script)


if __name__ == "__main__":
    main(sys.argv[1:])
