#!/usr/bin/env python3
"""Takes the README's pictures: what a real PowerShell shows on a terminal, against the sandbox.

Needs pwsh with Az.Accounts, tmux, and Python with rich. Build first, then run it anywhere in the repository.
"""

import pathlib
import re
import subprocess
import tempfile
import time

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COLUMNS = 108
TMUX = ["tmux", "-L", "cogrecover-pictures"]

# Name, command, and what has to be on the screen when the picture is taken.
PICTURES = [
    ("list", "Get-DeletedCognitiveAccount", r"contoso-openai-prod .*\n\nPS> $"),
    ("error", "Restore-CognitiveAccount contoso-contracts", r"-RestoreDependency[^>]*\nPS> $"),
    ("restore", "Get-DeletedCognitiveAccount * rg-ai-*, rg-web-*, rg-stores | Restore-CognitiveAccount -ThrottleLimit 3",
     r"[3-5] of \d+ done, 3 running: \S+ \([1-9] s\)"),
]

# The window of rich, without the font that it would fetch.
WINDOW = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def tmux(*arguments: str) -> str:
    return subprocess.run([*TMUX, *arguments], check=True, capture_output=True, text=True).stdout


def screen(*options: str) -> str:
    return tmux("capture-pane", "-p", *options).rstrip("\n")


def wait_for(pattern: str, seconds: int = 60) -> None:
    end = time.monotonic() + seconds
    while not re.search(pattern, screen() + " " if screen().endswith("PS>") else screen()):
        if time.monotonic() > end:
            raise SystemExit(f"'{pattern}' didn't come up:\n{screen()}")
        time.sleep(0.1)


def draw(name: str) -> None:
    console = Console(width=COLUMNS, record=True, file=tempfile.TemporaryFile("w"), force_terminal=True)
    console.print(Text.from_ansi(screen("-e")), soft_wrap=True)
    console.save_svg(str(HERE / f"{name}.svg"), title="PowerShell", theme=SVG_EXPORT_THEME, code_format=WINDOW,
                     unique_id=f"picture-{name}")


def main() -> None:
    arm = subprocess.Popen(
        ["dotnet", "run", "--no-build", "--project", "src/CogRecover.Sandbox", "--",
         "serve", "--port", "0", "--operation-time", "3"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        sign_in = []
        while not (sign_in and sign_in[-1].startswith("Import-Module")):
            sign_in.append(arm.stdout.readline().rstrip("\n"))
        with tempfile.NamedTemporaryFile("w", suffix=".ps1") as profile:
            profile.write("\n".join(line for line in sign_in if re.match(r"\$env:|Add-|Connect-|Import-", line)))
            profile.write("\nfunction prompt { 'PS> ' }\n")
            profile.flush()
            tmux("new-session", "-d", "-x", str(COLUMNS), "-y", "32", "-c", str(ROOT),
                 "pwsh", "-NoProfile", "-NoLogo", "-NoExit", "-File", profile.name)
            wait_for("PS> $")
            for name, command, shown in PICTURES:
                tmux("send-keys", "-l", "clear")
                tmux("send-keys", "Enter")
                time.sleep(1)
                tmux("send-keys", "-l", command)
                tmux("send-keys", "Enter")
                wait_for(shown)
                draw(name)
    finally:
        subprocess.run([*TMUX, "kill-server"], check=False)
        arm.terminate()


if __name__ == "__main__":
    main()
