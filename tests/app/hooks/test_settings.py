"""The tables [hooks.NAME] of ministry-news.toml."""

from __future__ import annotations

import pytest

from crawler.app.hooks.settings import Hook, On, parse_hooks, stated
from crawler.errors import SettingsError, UsageError


def test_a_hook_is_a_command_or_a_webhook() -> None:
    raw = {
        "publish": {"command": "rsync -a 'my package/' www:"},
        "mail": {"on": ["problem", "change"], "command": ["mail", "-s", "news; rm x"], "time_limit_s": 5},
        "chat": {"on": "run", "webhook_env": "CHAT", "secret_env": "KEY", "allow_private": ["chat.lan:8065"]},
    }
    assert parse_hooks(raw, "f") == (
        Hook("publish", command=("rsync", "-a", "my package/", "www:")),
        Hook("mail", frozenset({On.PROBLEM, On.CHANGE}), command=("mail", "-s", "news; rm x"), time_limit_s=5),
        Hook("chat", frozenset({On.RUN}), webhook_env="CHAT", secret_env="KEY", allow_private=("chat.lan:8065",)),
    )


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"a": {}}, "hooks.a: has either command"),
        ({"a": {"command": "x", "webhook": "https://h.example/"}}, "hooks.a: has either command"),
        ({"a": {"comand": "x"}}, "hooks.a: .*comand"),
        ({"a": {"command": "x", "on": "chnge"}}, "hooks.a.on"),
        ({"a": {"command": 1}}, "hooks.a.command"),
        ({"a": {"webhook": "ftp://h.example/"}}, "hooks.a.webhook"),
        ({"a": {"webhook": "https://me:word@h.example/"}}, "hooks.a.webhook: is no address"),
        ({"a": {"webhook": "https://h.example:99999/"}}, "hooks.a.webhook: is no address"),
        ({"a": {"command": "x", "time_limit_s": 0}}, "hooks.a.time_limit_s"),
        ({"a": "x"}, "hooks.a"),
        ({"a b": {"command": "x"}}, "hooks: "),
        ([], "hooks: "),
    ],
)
def test_what_is_wrong_names_file_and_key(raw: object, words: str) -> None:
    with pytest.raises(SettingsError, match=rf"^f: {words}"):
        parse_hooks(raw, "f")


def test_an_address_on_the_command_line_is_a_webhook_and_all_else_a_command() -> None:
    found = stated({On.CHANGE: ["./publish.sh 'two words'"], On.PROBLEM: ["https://h.example/x"]})
    assert [(hook.command, hook.webhook) for hook in found] == [
        (("./publish.sh", "two words"), ""),
        ((), "https://h.example/x"),
    ]
    for wrong in ("", "'open"):
        with pytest.raises(UsageError, match="--on-run"):
            stated({On.RUN: [wrong]})
