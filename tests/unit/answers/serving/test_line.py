import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.errors import ModelBusy
from answers.serving.line import Line, Ticket

pytestmark = pytest.mark.anyio


def test_the_least_busy_server_is_next_and_equals_take_turns() -> None:
    """Places go to the server with the fewest answers, among equals to the one that waited longest."""
    line = Line("abc", parallel=2, longest=0)
    tickets = [line.join() for _ in range(6)]
    assert [ticket.server for ticket in tickets] == list("abcabc")
    tickets[1].leave()
    tickets[4].leave()
    tickets[5].leave()
    assert [line.join().server for _ in range(3)] == ["b", "c", "b"]


def test_who_waits_is_served_in_order_and_a_full_line_turns_away() -> None:
    """First come, first served; whoever leaves makes room, and the others move up."""
    line = Line("a", parallel=1, longest=3)
    served, first, second, third = (line.join() for _ in range(4))
    with pytest.raises(ModelBusy):
        line.join()
    assert [ticket.place for ticket in (served, first, second, third)] == [0, 1, 2, 3]
    second.leave()
    assert (first.place, third.place) == (1, 2)
    ahead = line.join(ahead=True)
    assert [ticket.place for ticket in (ahead, first, third)] == [1, 2, 3]
    served.leave()
    assert (ahead.server, first.place, third.place) == ("a", 1, 2)
    served.leave()
    assert line.busy("a") == 1


def test_servers_left_out_are_used_only_when_all_are() -> None:
    """Nobody waits for a server that may never come back while another one works, nor when none works at all."""
    line = Line("ab", parallel=1, longest=9)
    line.leave_out("a")
    first, second = line.join(), line.join()
    assert (first.server, second.place) == ("b", 1)
    assert line.order() == ["b", "a"]
    line.leave_out("b")
    assert second.server == "a"
    third = line.join()
    assert third.place == 1
    line.take_back("a")
    second.leave()
    assert third.server == "a"


async def test_moving_up_is_told_and_not_polled() -> None:
    """Who waits sleeps until the place changes, and wakes for each new place it looks at."""
    line = Line("a", parallel=1, longest=9)
    served, first, second = line.join(), line.join(), line.join()
    task = asyncio.create_task(second.moved(2))
    await asyncio.sleep(0)
    assert not task.done()
    first.leave()
    await asyncio.wait_for(task, 5)
    assert second.place == 1
    served.leave()
    await asyncio.wait_for(second.moved(1), 5)
    assert second.server == "a"


moves = st.lists(st.tuples(st.sampled_from(["join", "ahead", "leave", "out", "back"]), st.integers(0, 30)), max_size=60)


@given(moves, st.integers(1, 3), st.integers(1, 3), st.integers(0, 5))
def test_whatever_happens_nobody_is_forgotten(
    moves: list[tuple[str, int]], count: int, parallel: int, longest: int
) -> None:
    """No server is over its limit, nobody waits beside a free place, places are counted, and order is kept."""
    servers = range(count)
    line = Line(servers, parallel, longest)
    tickets: list[Ticket[int]] = []  # in the order in which they are to be served
    for move, number in moves:
        if move in ("join", "ahead"):
            try:
                ticket = line.join(ahead=move == "ahead")
            except ModelBusy:
                assert line.waiting >= longest
                continue
            waits = [index for index, other in enumerate(tickets) if other.server is None]
            tickets.insert(waits[0] if move == "ahead" and waits else len(tickets), ticket)
        elif move == "leave" and tickets:
            gone = tickets.pop(number % len(tickets))
            gone.leave()
            gone.leave()
        elif move == "out":
            line.leave_out(number % count)
        elif move == "back":
            line.take_back(number % count)
        busy = [sum(ticket.server == server for ticket in tickets) for server in servers]
        assert busy == [line.busy(server) for server in servers]
        assert max(busy) <= parallel
        waiting = [ticket for ticket in tickets if ticket.server is None]
        assert [ticket.place for ticket in waiting] == list(range(1, line.waiting + 1))
        assert not any(before.server is None and after.server is not None for before, after in pairwise(tickets))
        open_to_all = [server for server in servers if server not in line.left_out] or list(servers)
        assert not waiting or all(busy[server] == parallel for server in open_to_all)
