"""``dorpsbode demo``: a whole village on this machine. The stand-ins, the real bot, sample people and their phones."""
