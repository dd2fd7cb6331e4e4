"""The fault search: whole order stories against the stand-ins, broken at seeded moments, recovered, and the books checked.

Everything runs in one thread on one loop whose time is counted instead of waited for (``loop``); the wires to the stand-ins are
function calls under the real client libraries (``wires``); a killed process is one whose database and wires refuse from one
moment on (``process``). So a seed replays exactly, and a hundred crashes take seconds.

With nothing simulated (``stage``), over HTTP and in real time: ``kills`` is a real SIGKILL, ``outages`` a real PostgreSQL
server that restarts or is lost to its standby, ``soak`` a world that lives on, in which nothing may grow.
"""
