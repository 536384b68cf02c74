"""An official of the demo county at the API, as the desk asks it."""

import json
import urllib.parse
import uuid

from installation import expect


class Office:
    """Signs in as the demo's account of `role`. `server` may be changed afterwards: a session is good at each server of a county."""

    def __init__(self, server, role):
        login, password = server.logins[role]
        self.server = server
        status, _, cookies = self._send("POST", "/api/v1/session", {"login": login, "password": password}, {})
        expect(status == 200, f"{role} could not sign in: {status}")
        self._cookie = cookies

    def _send(self, method, path, body, headers):
        connection = self.server.connect()
        try:
            connection.request(
                method, path, json.dumps(body) if body is not None else None, {"Content-Type": "application/json", **headers}
            )
            answer = connection.getresponse()
            cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
            raw = answer.read()
            return answer.status, json.loads(raw) if raw else {}, cookie
        finally:
            connection.close()

    def ask(self, method, path, body=None):
        headers = {"Cookie": self._cookie, "Idempotency-Key": str(uuid.uuid4()), "X-Minhu-Desk": "1"}
        status, answer, _ = self._send(method, path, body, headers)
        expect(status in (200, 201), f"{method} {path}: {status} {answer}")
        return answer

    def answer_on_spot(self, number, words):
        """Answered and closed with one step, of which whoever filed it is told."""
        found = self.ask("GET", "/api/v1/find?" + urllib.parse.urlencode({"number": number}))
        self.ask("POST", f"/api/v1/cases/{found['id']}/steps/answered_on_spot", {"fields": {"public_answer": words, "outcome": "explained"}})
