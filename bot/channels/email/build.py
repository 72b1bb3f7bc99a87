"""The mail channel from the settings, for the composition root."""

from __future__ import annotations

from board.clock import Clock
from board.mandate import Mandate
from bot.channels.email.channel import EmailChannel
from bot.channels.email.config import EmailConfig
from bot.settings import Settings
from cards.i18n import SOURCE, use
from cards.mail import Mail, to_mail
from cards.message import Message


def build_email(settings: Settings, mandate: Mandate, clock: Clock) -> EmailChannel | None:
    """None where no mail server is set. To be closed at the end. Check ``mail_problems`` first."""
    if not settings.smtp_host:
        return None
    config = email_config(settings, mandate)

    def draw(message: Message) -> Mail:
        with use(message.language):
            return to_mail(message, chat_url=config.chat_url)

    return EmailChannel(config, draw, clock)


def email_config(settings: Settings, mandate: Mandate) -> EmailConfig:
    return EmailConfig(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        sender=settings.mail_from,
        sender_name=mandate.board[SOURCE],
        user=settings.smtp_user,
        password=settings.smtp_password,
        chat_url=teams_chat(settings.app_id),
    )


def teams_chat(app_id: str) -> str:
    """The address that opens the personal chat with the bot in Teams; empty where there is no registration."""
    return f"https://teams.microsoft.com/l/chat/0/0?users=28:{app_id}" if app_id else ""
