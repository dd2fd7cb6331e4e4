"""``dorpsbode demo``: a whole village on this machine. The stand-ins, the real bot, a cast of sample people, and their phones."""
