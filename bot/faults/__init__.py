"""The fault search: whole order stories against the stand-ins, broken at seeded moments, recovered, and the books checked.

Everything runs in one thread on one loop whose time is counted instead of waited for (``loop``); the wires to the stand-ins are
function calls under the real client libraries (``wires``); a killed process is one whose database and wires refuse from one
moment on (``process``). So a seed replays exactly, and a hundred crashes take seconds. ``kills`` does the same with a real
process and a real SIGKILL, over HTTP.
"""
