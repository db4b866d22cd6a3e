import base64
import hashlib
import hmac
import json
import os
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# The secret of the webhook. While it is rotated there are two, with a space between them.
KEYS = [base64.b64decode(secret.removeprefix("whsec_"), validate=True) for secret in os.environ["WEBHOOK_SECRET"].split()]
TOLERANCE_SECONDS = 300
MAX_BODY_BYTES = 65_536


class Refused(Exception):
    pass


def verify_webhook(headers, body):
    """The event in `body`, which is the bytes as they arrived. Raises Refused."""
    webhook_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not re.fullmatch(r"[\w-]{1,200}", webhook_id, re.ASCII) or not re.fullmatch(r"[0-9]{1,11}", timestamp):
        raise Refused("a header is missing or malformed")
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    right = [b"v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)) for key in KEYS]
    # There may be several, one for each secret.
    given = headers.get("webhook-signature", "").encode().split(b" ")
    if not any([hmac.compare_digest(one, signature) for one in right for signature in given]):
        raise Refused("no signature matches: is it the secret of this webhook, and the body as it arrived?")
    if abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        raise Refused("it was sent too long ago, or a clock is wrong")
    return json.loads(body)


class Receiver(BaseHTTPRequestHandler):
    timeout = 10

    def do_POST(self):
        length = self.headers.get("content-length", "")
        try:
            if not length.isascii() or not length.isdigit() or int(length) > MAX_BODY_BYTES:
                raise Refused("the body is larger than any event, or its length is not known")
            event = verify_webhook(self.headers, self.rfile.read(int(length)))
            # Keep it under its webhook-id, which is the same when the event comes again. Do what takes long after you have answered.
            data = event["data"]
            print(self.headers["webhook-id"], event["type"], data.get("user_id", data["client_id"]), flush=True)
            self.send_response(204)
        except Refused as reason:
            print("refused:", reason, flush=True)
            self.send_response(400)
        self.end_headers()


ThreadingHTTPServer(("localhost", int(os.environ.get("PORT", "3000"))), Receiver).serve_forever()
