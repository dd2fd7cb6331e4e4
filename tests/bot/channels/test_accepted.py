"""Bubbles that were accepted are not sent again; bubbles that changed are."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.base import Accepted, Call, Parcel
from notifications.channel import Later, Outcome, Sent
from notifications.messages import Choice

ONE, TWO, THREE = (Call("send", {"text": text}) for text in ("een", "twee", "drie"))


class Line:
    """Accepts every bubble but those it is told to put off, each once."""

    def __init__(self, *put_off: Call) -> None:
        self.put_off, self.heard = list(put_off), list[str]()

    async def __call__(self, call: Call, key: str) -> Outcome:
        if call in self.put_off:
            self.put_off.remove(call)
            return Later()
        self.heard.append(call.params["text"])
        return Sent(f"id-{len(self.heard)}")


def tries(accepted: Accepted, line: Line, *tried: list[Call]) -> list[Outcome]:
    async def play() -> list[Outcome]:
        return [await accepted.send(calls, "k", line) for calls in tried]

    return asyncio.run(play())


def test_a_second_try_goes_on_where_the_first_ended() -> None:
    line = Line(TWO)
    assert tries(Accepted(), line, [ONE, TWO, THREE], [ONE, TWO, THREE]) == [Later(), Sent("id-3")]
    assert line.heard == ["een", "twee", "drie"]


def test_what_is_rendered_otherwise_begins_anew() -> None:
    line = Line(TWO)
    tries(Accepted(), line, [ONE, TWO], [THREE, TWO])
    assert line.heard == ["een", "drie", "twee"]


def test_a_finished_message_is_forgotten() -> None:
    line = Line()
    tries(Accepted(), line, [ONE], [ONE])
    assert line.heard == ["een", "een"]


def test_a_try_that_was_broken_off_leaves_what_arrived() -> None:
    class Stuck(Line):
        async def __call__(self, call: Call, key: str) -> Outcome:
            if call == TWO and self.put_off:
                await asyncio.sleep(10)
            return await super().__call__(call, key)

    async def play() -> list[str]:
        accepted, line = Accepted(), Stuck(TWO)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(accepted.send([ONE, TWO], "k", line), 0.02)
        line.put_off.clear()
        await accepted.send([ONE, TWO], "k", line)
        return line.heard

    assert asyncio.run(play()) == ["een", "twee"]


def test_it_does_not_grow_for_ever() -> None:
    accepted = Accepted(keep=2)
    for number in range(10):
        accepted.note(str(number), [ONE])
    assert len(accepted._done) == 2


def test_nothing_to_send_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        tries(Accepted(), Line(), [])


def test_a_parcel_whose_tokens_do_not_fit_is_an_error() -> None:
    with pytest.raises(ValueError, match="1 choices with 0 tokens"):
        Parcel("k", "7", "Dag", (Choice("Ja"),))
    with pytest.raises(ValueError, match="64"):
        Parcel("k", "7", "Dag", (Choice("Ja"),), ("x" * 65,))
