import json
import os
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

PLATFORM = "https://platform.example"


def external_login():
    """A token for the user API. It works for an hour, so keep it."""
    form = {
        "client_id": "YOUR_CLIENT_ID",
        # CLIENT_SECRET is shown once; create a new one at https://platform.example/account
        "client_secret": os.environ["CLIENT_SECRET"],
        "environment": "YOUR_ENVIRONMENT",
    }
    with urlopen(f"{PLATFORM}/custom_api/external_login", urlencode(form).encode(), timeout=10) as answer:
        return json.load(answer)["data"]["token"]


def read_user(sub, token):
    headers = {"Authorization": f"Bearer {token}"}
    with urlopen(Request(f"{PLATFORM}/1/users/{quote(sub, safe='')}", headers=headers), timeout=10) as answer:
        return json.load(answer)


# SUB is the sub of somebody who signed up.
print(json.dumps(read_user(os.environ["SUB"], external_login())))
