"""
Runs a command in a pseudo-terminal of so many columns (0: one that does not say), and prints as JSON what it showed and how it ended.

terminal.py COLUMNS TEXT COMMAND…    Ctrl-C, or what TYPED has, is typed once TEXT is shown; never where TEXT is empty
"""

import fcntl
import json
import os
import pty
import struct
import sys
import termios

columns, text, *command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24 if int(columns) else 0, int(columns), 0, 0))
    os.execvp(command[0], command)

shown = b""
typed = False
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:  # Linux's way to say that the other end is closed
        break
    if not data:
        break
    shown += data
    # A command that writes for ever shows that soon enough.
    if len(shown) > 1_000_000:
        os.kill(child, 9)
    if text and not typed and text.encode() in shown:
        typed = True
        os.write(terminal, os.environ.get("TYPED", "\x03").encode())
_, status = os.waitpid(child, 0)
json.dump({"shown": shown.decode(errors="replace"), "code": os.waitstatus_to_exitcode(status)}, sys.stdout)
