"""Days counted from today in China, since themes bound days by the day of application."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def day(offset: int) -> str:
    """The day so many days after today, or before it when negative, as forms write it."""
    return (datetime.now(CHINA).date() + timedelta(days=offset)).isoformat()


def chinese(iso: str) -> str:
    """A day as pages say it: 2026年11月7日."""
    year, month, number = (int(part) for part in iso.split("-"))
    return f"{year}年{month}月{number}日"
