"""Telegram, WhatsApp and the terminal: each parses what comes in, renders what goes out, and sends.

Nothing is decided here about orders or talk, and nothing outside this room imports telegram or twilio.
"""
