"""A public Cloud API client, pywa, against the stand-in: sends every kind of
message that it knows, and reads what it gets on a webhook server of its own.

Speaks with the test by lines on standard output: `PORT n` when its webhook
listens, `SENT kind` and `GOT kind` while it works, `DONE` at the end. Begins to
send when a customer's text comes.
"""

import os
import sys
import threading

import httpx
from flask import Flask
from werkzeug.serving import make_server

from pywa import WhatsApp, types
from pywa.errors import WhatsAppError
from pywa.types.others import Contact, ProductsSection
from pywa.types.templates import BodyText, TemplateLanguage

BASE, NUMBER, TOKEN, SECRET = (os.environ[name] for name in ("BASE", "NUMBER", "TOKEN", "SECRET"))
WABA = os.environ["WABA"]
LATE = os.environ["UNREACHABLE"]
TIMEOUT = 60


class StandIn(httpx.HTTPTransport):
    """Takes what is for graph.facebook.com to the stand-in."""

    def handle_request(self, request):
        if request.url.host == "graph.facebook.com":
            base = httpx.URL(BASE)
            request.url = request.url.copy_with(scheme="http", host=base.host, port=base.port)
            request.headers["host"] = f"{base.host}:{base.port}"
        return super().handle_request(request)


mouth = threading.Lock()


def say(*words):
    with mouth:
        print(*words, flush=True)


app = Flask(__name__)
wa = WhatsApp(
    phone_id=NUMBER,
    token=TOKEN,
    waba_id=WABA,
    server=app,
    webhook_endpoint="/webhook",
    verify_token="combinado",
    app_secret=SECRET,
    validate_updates=True,
    skip_duplicate_updates=False,
    session=httpx.Client(transport=StandIn()),
)
arrived = threading.Semaphore(0)
first = {}


@wa.on_message()
def on_message(_, message):
    say("GOT", message.type.value if hasattr(message.type, "value") else message.type)
    if message.image or message.document or message.audio:
        media = message.image or message.document or message.audio
        say("BYTES", len(media.get_bytes()))
    if not first:
        first["message"] = message
        arrived.release()


@wa.on_callback_button()
def on_button(_, button):
    say("GOT", "button", button.data)


@wa.on_callback_selection()
def on_row(_, row):
    say("GOT", "row", row.data)


@wa.on_message_status()
def on_status(_, status):
    say("STATUS", status.status.value)


@wa.on_raw_update()
def on_raw(_, update):
    # The platform sends no `contacts` with a failure, and this client reads none
    # without: what failed is only seen raw.
    for status in update["entry"][0]["changes"][0]["value"].get("statuses", []):
        if status["status"] == "failed":
            say("STATUS failed", status["errors"][0]["code"])


def send_all(to, quoted):
    png = bytes.fromhex("89504e470d0a1a0a") + b"\x00" * 64
    pdf = b"%PDF-1.7\n%%EOF\n"
    button = types.Button(title="Fechar pedido", callback_data="sim")
    sends = {
        "text": lambda: wa.send_message(to, "Olá, *Ana*: 10/12 às 8h 😀", preview_url=True),
        "reply": lambda: wa.send_message(to, "é isto", reply_to_message_id=quoted),
        "buttons": lambda: wa.send_message(to, "Fechamos?", header="Orçamento", footer="Vale 48 h",
                                           buttons=[button]),
        "url": lambda: wa.send_message(to, "Veja", buttons=types.URLButton("Abrir", "https://example.com")),
        "list": lambda: wa.send_message(to, "Qual?", buttons=types.SectionList(
            "Escolher", [types.Section("Tijolos", [types.SectionRow("8 furos", "tij-8", "un")])])),
        "image": lambda: wa.send_image(to, png, caption="areia", mime_type="image/png"),
        "image_buttons": lambda: wa.send_image(to, png, caption="esta?", mime_type="image/png",
                                               buttons=[button]),
        "document": lambda: wa.send_document(to, pdf, filename="orçamento.pdf", caption="aqui",
                                             mime_type="application/pdf"),
        "audio": lambda: wa.send_audio(to, b"\xff\xfb" + b"\x00" * 64, mime_type="audio/mpeg"),
        "voice": lambda: wa.send_voice(to, b"OggS" + b"\x00" * 64, mime_type="audio/ogg"),
        "video": lambda: wa.send_video(to, b"\x00" * 64, caption="obra", mime_type="video/mp4"),
        "sticker": lambda: wa.send_sticker(to, b"RIFF" + b"\x00" * 64, mime_type="image/webp"),
        "reaction": lambda: wa.send_reaction(to, "👍", quoted),
        "no_reaction": lambda: wa.remove_reaction(to, quoted),
        "location": lambda: wa.send_location(to, -23.55, -46.63, "Loja", "Rua das Telhas, 10"),
        "ask_location": lambda: wa.request_location(to, "Onde entregamos?"),
        "ask_contact": lambda: wa.request_contact_info(to, "Qual o seu número?"),
        "contact": lambda: wa.send_contact(to, Contact(
            name=Contact.Name(formatted_name="Depósito", first_name="Depósito"),
            phones=[Contact.Phone(phone="+551140028922", type="WORK")])),
        "catalog": lambda: wa.send_catalog(to, "Nosso catálogo"),
        "product": lambda: wa.send_product(to, "900", "CIM-50", "cimento"),
        "products": lambda: wa.send_products(to, "900", [ProductsSection("Cimento", ["CIM-50"])],
                                             "Produtos", "Estes"),
        "flow": lambda: wa.send_message(to, "Preencha", buttons=types.FlowButton(
            "Abrir", flow_id="700", flow_token="t", flow_action_screen="INICIO",
            flow_action_type=types.FlowActionType.NAVIGATE)),
        "carousel": lambda: wa.send_carousel(to, body="Tijolos", cards=[
            types.ImageCarouselCard(image=f"https://example.com/{n}.png",
                                    buttons=types.URLButton("Ver", "https://example.com"))
            for n in (6, 8)]),
        "call": lambda: wa.send_message(to, "Fale conosco", buttons=types.VoiceCallButton("Ligar")),
        "ask_call": lambda: wa.send_message(to, "Podemos ligar?",
                                            buttons=types.CallPermissionRequestButton()),
        "template": lambda: wa.send_template(to, "retomada", TemplateLanguage.PORTUGUESE_BR,
                                             [BodyText.params("Ana")]),
        "read": lambda: wa.mark_message_as_read(quoted),
        "typing": lambda: wa.indicate_typing(quoted),
        "unreachable": lambda: wa.send_message(LATE, "oi"),
    }
    for kind, send in sends.items():
        send()
        say("SENT", kind)
    refused = {
        "too_long": lambda: wa.send_message(to, "x" * 4097),
        "unknown_template": lambda: wa.send_template(to, "nunca", TemplateLanguage.PORTUGUESE_BR, []),
        "unknown_file": lambda: wa.send_image(to, "123456"),
    }
    for kind, send in refused.items():
        try:
            send()
            say("TAKEN", kind)
        except WhatsAppError as error:
            say("REFUSED", kind, error.code)
    media = wa.upload_media(pdf, mime_type="application/pdf", filename="a.pdf")
    url = wa.get_media_url(media.id)
    say("MEDIA", url.file_size, wa.get_media_bytes(url.url) == pdf)
    wa.delete_media(media.id)
    say("DONE")


server = make_server("127.0.0.1", 0, app, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
say("PORT", server.server_port)
if not arrived.acquire(timeout=TIMEOUT):
    sys.exit("no message came")
send_all(first["message"].from_user.wa_id, first["message"].id)
# The test says when it has seen enough.
sys.stdin.read()
